using System.Text.Json;
using Gatehouse.Local.Clerk.Data.Generation;
using Gatehouse.Local.Clerk.Data.Storage;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>
/// The generated users that are still as they were made, and those that were handed out since. A user that is found may be changed by
/// whoever found it, so it stays the same object for a while; when thousands of others have been found since, it is compared with what
/// it was made as, and kept for good if it differs.
/// </summary>
internal sealed class GeneratedPool(GeneratedUsers users)
{
    private const int MostUnsettled = 4096;
    private const int SettledAtOnce = 1024;

    private readonly Dictionary<int, User> _met = [];
    private readonly Queue<int> _unsettled = [];

    public GeneratedUsers Users { get; } = users;

    /// <summary>The numbers that are of this pool: not deleted, and not objects of the store's own.</summary>
    public NumberSet Numbers { get; } = new(users.Count);

    /// <summary>The user of a number, to be read or changed: the same object for all who ask.</summary>
    public User Meet(int number)
    {
        if (_met.TryGetValue(number, out var met))
        {
            return met;
        }

        if (_unsettled.Count >= MostUnsettled)
        {
            Settle(SettledAtOnce);
        }

        var made = Users[number].Make();
        _met.Add(number, made);
        _unsettled.Enqueue(number);
        return made;
    }

    /// <summary>The user of a number, only to be read, and soon forgotten: for walks over all of them.</summary>
    public User Look(int number) => FindMet(number) ?? Users[number].Make();

    /// <summary>The user of a number if it has been handed out.</summary>
    public User? FindMet(int number) => _met.GetValueOrDefault(number);

    public int? Find(string id) => Present(Users.Find(id));

    public int? FindByIdentification(string id) => Present(Users.FindByIdentification(id));

    public int? Find(IdentifierKind kind, string value) => Present(kind switch
    {
        IdentifierKind.EmailAddress => Users.FindByEmailAddress(value),
        IdentifierKind.Username => Users.FindByUsername(value),
        IdentifierKind.ExternalId => Users.FindByExternalId(value),
        _ => null,
    });

    /// <summary>Takes a number out of the pool.</summary>
    public void Remove(int number)
    {
        Numbers.Remove(number);
        _met.Remove(number);
    }

    /// <summary>Those of the pool that are not as they were made.</summary>
    public IReadOnlyList<(int Number, User User)> Changed()
    {
        Settle(_unsettled.Count);
        return [.. _met.Select(met => (met.Key, met.Value))];
    }

    private void Settle(int count)
    {
        for (; count > 0; count--)
        {
            var number = _unsettled.Dequeue();
            if (_met.TryGetValue(number, out var user) && IsAsMade(number, user))
            {
                _met.Remove(number);
            }
        }
    }

    private bool IsAsMade(int number, User user) => JsonSerializer.SerializeToUtf8Bytes(user, EntityJson.Options)
        .AsSpan()
        .SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(Users[number].Make(), EntityJson.Options));

    private int? Present(int? number) => number is { } found && Numbers.Contains(found) ? found : null;
}
