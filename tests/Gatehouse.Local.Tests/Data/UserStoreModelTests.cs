using Gatehouse.Local.Clerk.Data.Generation;
using Gatehouse.Local.Clerk.Data.Storage;
using Gatehouse.Local.Clerk.Users;
using Gatehouse.Testbed;
using static System.StringComparer;

namespace Gatehouse.Local.Tests.Data;

/// <summary>The store against a plain list that holds every user as an object: whatever is done to both, they answer the same.</summary>
public sealed class UserStoreModelTests
{
    private const int Generated = 60;

    private readonly Dictionary<string, User> _model = new(Ordinal);
    private Random _random = new(0);
    private UserStore _store = new();
    private int _made;

    [Fact]
    public void Store_and_list_agree()
    {
        var counts = Counts.Of("user-store-model");
        _random = counts.Random();
        for (var run = 0; run < counts.Count; run++)
        {
            Begin();
            for (var step = 0; step < 40; step++)
            {
                Step();
            }

            Compare();
        }
    }

    private void Begin()
    {
        _model.Clear();
        _store = new UserStore();
        var users = new GeneratedUsers(Generated, _random.Next());
        _store.Generate(users, []);
        for (var number = 0; number < Generated; number++)
        {
            _model.Add(users[number].Id, users[number].Make());
        }
    }

    private void Step()
    {
        switch (_random.Next(6))
        {
            case 0:
                var at = AnyTime();
                var (id, email) = ($"user_{_random.Next():x8}{++_made}", $"idn_{_made}");
                Both(() => new User { Id = id, FirstName = AnyName(id), CreatedAt = at, UpdatedAt = at, EmailAddresses = [Email(email, at)], PrimaryEmailAddressId = email });
                break;
            case 1 when _model.Count > 0:
                var gone = Any();
                _store.Remove(_store.Find(gone.Id)!);
                _model.Remove(gone.Id);
                break;
            case 2 when _model.Count > 0:
                var (renamed, created) = (Any(), AnyTime());
                OnBoth(renamed.Id, user => (user.CreatedAt, user.FirstName) = (created, AnyName(user.Id)));
                break;
            case 3 when _model.Count > 0:
                var (owner, address) = (Any(), $"idn_{++_made}");
                OnBoth(owner.Id, user => user.EmailAddresses.Add(Email(address, user.CreatedAt)));
                break;
            case 4 when _model.Count > 0:
                var (found, signedIn) = (Any(), AnyTime());
                _store.Find(found.Id)!.LastSignInAt = signedIn;   // whoever finds a user may change what it is not found by
                found.LastSignInAt = signedIn;
                break;
            default:
                CompareOnePage();
                break;
        }
    }

    private void Compare()
    {
        Assert.Equal(_model.Count, _store.Count);
        foreach (var user in _model.Values)
        {
            Same(user, _store.Find(user.Id)!);
            Assert.Equal(user.Id, _store.Find(IdentifierKind.EmailAddress, user.EmailAddresses[^1].Address)?.Id);
            Assert.Equal(user.Id, _store.FindByIdentification(user.EmailAddresses[^1].Id)?.Id);
        }

        foreach (var field in (string[])["first_name", "email_address", "updated_at", "last_sign_in_at", "username"])
        {
            var expected = UserTimes.Has(field)
                ? _model.Values.OrderBy(user => UserTimes.Of(user, field)).ThenBy(user => user.Id, Ordinal)
                : _model.Values.OrderBy(user => UserTexts.Lowered(user, field), Ordinal).ThenBy(user => user.Id, Ordinal);
            string[] ids = [.. expected.Select(user => user.Id)];
            Assert.Equal(ids, _store.Ranked(field, descending: false).Select(user => user.Id));
            Assert.Equal(ids.Reverse(), _store.Ranked(field, descending: true).Select(user => user.Id));
            Assert.Equal(ids.Skip(7), _store.Ranked(field, descending: false, position: 7).Select(user => user.Id));
        }

        Assert.Equal(
            _store.NewestFirst().Select(EntityText),
            Copy(_store).NewestFirst().Select(EntityText));
    }

    private void CompareOnePage()
    {
        var newest = _model.Values.OrderByDescending(user => user.CreatedAt).ThenByDescending(user => user.Id, Ordinal).Select(user => user.Id).ToList();
        var position = _random.Next(newest.Count + 2);
        Assert.Equal(newest.Skip(position), _store.NewestFirst(position).Select(user => user.Id));
        Assert.Equal(Enumerable.Reverse(newest).Skip(position), _store.OldestFirst(position).Select(user => user.Id));
        var time = AnyTime();
        Assert.Equal(_model.Values.Count(user => user.CreatedAt >= time), _store.CountSince(time));
        if (position < newest.Count)
        {
            Assert.Equal(position, _store.Position(_store.Find(newest[position])!));
        }
    }

    private static UserStore Copy(UserStore store)
    {
        var copy = new UserStore();
        StoredGeneration.Of(store).GiveTo(copy);
        foreach (var user in store.Stored())
        {
            copy.Add(user);
        }

        return copy;
    }

    private void Both(Func<User> make)
    {
        var user = make();
        _model.Add(user.Id, user);
        _store.Add(make());
    }

    private void OnBoth(string id, Action<User> change)
    {
        change(_model[id]);
        _store.Change(_store.Find(id)!, change);
    }

    private User Any() => _model.Values.ElementAt(_random.Next(_model.Count));

    // Often the very moment of another user, so that ids decide.
    private long AnyTime() => _random.Next(3) == 0 && _model.Count > 0
        ? Any().CreatedAt
        : GeneratedUsers.End - (_random.Next(Generated + 10) * 3_630_000L) + _random.Next(7_000_000);

    private static string AnyName(string id) => "abc"[id.Length % 3].ToString();

    private static EmailAddress Email(string id, long at) => new() { Id = id, Address = $"{id}@Example.com", CreatedAt = at, UpdatedAt = at };

    private static void Same(User expected, User actual) => Assert.Equal(EntityText(expected), EntityText(actual));

    private static string EntityText(User user) => System.Text.Json.JsonSerializer.Serialize(user, EntityJson.Options);
}
