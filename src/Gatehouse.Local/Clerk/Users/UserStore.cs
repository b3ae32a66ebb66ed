namespace Gatehouse.Local.Clerk.Users;

/// <summary>The users, found by id and by what is theirs alone, and listed by the time of their making.</summary>
internal sealed class UserStore
{
    private readonly Dictionary<string, User> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(IdentifierKind, string), User> _byIdentifier = [];
    private User[]? _newestFirst;

    public int Count => _byId.Count;

    public User? Find(string id) => _byId.GetValueOrDefault(id);

    public User? Find(IdentifierKind kind, string value) => _byIdentifier.GetValueOrDefault((kind, Normalize(kind, value)));

    /// <summary>All users, newest first. Kept between calls, since a hundred thousand are listed in pages.</summary>
    public IReadOnlyList<User> NewestFirst() => _newestFirst ??= Sort(_byId.Values);

    public static User[] Sort(IEnumerable<User> users) =>
        [.. users.OrderByDescending(user => user.CreatedAt).ThenByDescending(user => user.Id, StringComparer.Ordinal)];

    public void Add(User user)
    {
        _byId.Add(user.Id, user);
        foreach (var (kind, value) in Identifiers(user))
        {
            _byIdentifier[(kind, Normalize(kind, value))] = user;
        }

        _newestFirst = null;
    }

    public void Remove(User user)
    {
        _byId.Remove(user.Id);
        Forget(user);
        _newestFirst = null;
    }

    /// <summary>Changes a user and what it is found by.</summary>
    public void Change(User user, Action<User> change)
    {
        Forget(user);
        var createdAt = user.CreatedAt;
        change(user);
        foreach (var (kind, value) in Identifiers(user))
        {
            _byIdentifier[(kind, Normalize(kind, value))] = user;
        }

        _newestFirst = user.CreatedAt == createdAt ? _newestFirst : null;
    }

    private void Forget(User user)
    {
        foreach (var (kind, value) in Identifiers(user))
        {
            _byIdentifier.Remove((kind, Normalize(kind, value)));
        }
    }

    private static IEnumerable<(IdentifierKind Kind, string Value)> Identifiers(User user)
    {
        foreach (var email in user.EmailAddresses)
        {
            yield return (IdentifierKind.EmailAddress, email.Address);
        }

        foreach (var phone in user.PhoneNumbers)
        {
            yield return (IdentifierKind.PhoneNumber, phone.Number);
        }

        if (user.Username is not null)
        {
            yield return (IdentifierKind.Username, user.Username);
        }

        if (user.ExternalId is not null)
        {
            yield return (IdentifierKind.ExternalId, user.ExternalId);
        }
    }

    // External ids are the caller's own and kept to the letter; the others are the same in either case.
    private static string Normalize(IdentifierKind kind, string value) =>
        kind == IdentifierKind.ExternalId ? value : value.ToLowerInvariant();
}
