using Gatehouse.Local.Clerk.Data.Generation;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>The users, found by id and by what is theirs alone, and listed by the time of their making.</summary>
/// <remarks>
/// Users are objects of the store, or generated ones that are computed when they are asked for. A user that was <b>found</b> may be
/// changed; what it is found or listed by (identifications, names, username, external id, time of making) only through
/// <see cref="Change"/>. A user that was <b>listed</b> is only to be read, or to be changed through <see cref="Change"/>. Hold ids, not
/// users, from one request to another.
/// </remarks>
internal sealed class UserStore
{
    private readonly UserIndex _index = new();
    private readonly UserOrder _order = new();
    private readonly UserRanking _ranking;
    private GeneratedPool _pool = new(GeneratedUsers.None);

    public UserStore() => _ranking = new UserRanking(this);

    public int Count => _order.Count + _pool.Numbers.Count;

    /// <summary>Grows when users come, go, or are found or listed by something else.</summary>
    public int Version { get; private set; }

    /// <summary>The generated users, with those that have been deleted or changed since.</summary>
    public GeneratedUsers Generated => _pool.Users;

    /// <summary>The numbers of generated users that are no more, or are objects of the store: all that <see cref="Generate"/> must know.</summary>
    public IEnumerable<(int From, int To)> GeneratedGone() => _pool.Numbers.Gone();

    public User? Find(string id) => _index.Find(id) ?? Met(_pool.Find(id));

    public User? Find(IdentifierKind kind, string value) => _index.Find(kind, value) ?? Met(_pool.Find(kind, value));

    /// <summary>The user who has an e-mail address or a phone number with such an id.</summary>
    public User? FindByIdentification(string id) => _index.FindByIdentification(id) ?? Met(_pool.FindByIdentification(id));

    /// <summary>The users from a position in the list of all, newest first.</summary>
    public IEnumerable<User> NewestFirst(int position = 0)
    {
        var version = Version;
        var (stored, number) = Split(position);
        while (true)
        {
            number = NextNumber(number);
            if (stored == _order.Count && number == Generated.Count)
            {
                yield break;
            }

            var user = stored < _order.Count ? _order[stored] : null;
            if (user is null || (number < Generated.Count && Generated.IsNewer(number, user.CreatedAt, user.Id)))
            {
                yield return _pool.Look(number++);
            }
            else
            {
                stored++;
                yield return user;
            }

            Check(version);
        }
    }

    /// <summary>The users from a position in the list of all, oldest first.</summary>
    public IEnumerable<User> OldestFirst(int position = 0)
    {
        var version = Version;
        var (stored, number) = Split(Math.Max(0, Count - position));
        while (true)
        {
            number = PreviousNumber(number);
            if (stored == 0 && number < 0)
            {
                yield break;
            }

            var user = stored > 0 ? _order[stored - 1] : null;
            if (user is null || (number >= 0 && !Generated.IsNewer(number, user.CreatedAt, user.Id)))
            {
                yield return _pool.Look(number);
            }
            else
            {
                stored--;
                number++;
                yield return user;
            }

            Check(version);
        }
    }

    /// <summary>All users by a text or a time of theirs, ties by id, from a position.</summary>
    public IEnumerable<User> Ranked(string field, bool descending, int position = 0) => _ranking.By(field, descending, position);

    /// <summary>How many users come before this one in the list of all, newest first.</summary>
    public int Position(User user) => CountBefore(user.CreatedAt, user.Id);

    /// <summary>How many users were made at a time or later.</summary>
    public int CountSince(long createdAt) => CountBefore(createdAt, "");

    /// <summary>The users that are objects, oldest first: all but the generated ones that are still as they were generated.</summary>
    public IReadOnlyList<User> Stored() =>
    [
        .. Enumerable.Range(0, _order.Count).Select(position => _order[position])
            .Concat(_pool.Changed().Select(changed => changed.User))
            .OrderBy(user => user.CreatedAt)
            .ThenBy(user => user.Id, StringComparer.Ordinal),
    ];

    /// <summary>Puts generated users beside those that are there, without those of some numbers.</summary>
    public void Generate(GeneratedUsers users, IEnumerable<(int From, int To)> without)
    {
        _pool = new GeneratedPool(users);
        foreach (var (from, to) in without)
        {
            for (var number = from; number <= to; number++)
            {
                _pool.Remove(number);
            }
        }

        Version++;
    }

    public void Add(User user)
    {
        if (_pool.Find(user.Id) is { } number)
        {
            _pool.Remove(number);
        }

        _index.Add(user);
        _order.Add(user);
        Version++;
    }

    public void Remove(User user)
    {
        if (_pool.Find(user.Id) is { } number)
        {
            _pool.Remove(number);
        }
        else
        {
            _index.Remove(user);
            _order.Remove(user, user.CreatedAt);
        }

        Version++;
    }

    /// <summary>Changes a user and what it is found by.</summary>
    public void Change(User user, Action<User> change)
    {
        if (_pool.Find(user.Id) is not null)
        {
            Add(user);   // from now on an object of the store, whatever it was before
        }

        _index.RemoveIdentifiers(user);
        _order.Remove(user, user.CreatedAt);
        try
        {
            change(user);
        }
        finally
        {
            _index.AddIdentifiers(user);
            _order.Add(user);
            Version++;
        }
    }

    /// <summary>All users in no order, as what they are ordered by; a text or a time is read without making an object.</summary>
    public IEnumerable<(int Number, User? User)> Everyone()
    {
        for (var position = 0; position < _order.Count; position++)
        {
            yield return (-1, _order[position]);
        }

        for (var number = NextNumber(0); number < Generated.Count; number = NextNumber(number + 1))
        {
            yield return (number, _pool.FindMet(number));
        }
    }

    /// <summary>The generated user of a number, to be read.</summary>
    public User Look(int number) => _pool.Look(number);

    private User? Met(int? number) => number is { } found ? _pool.Meet(found) : null;

    private int CountBefore(long createdAt, string id) =>
        _order.CountBefore(createdAt, id) + _pool.Numbers.Rank(Generated.CountBefore(createdAt, id));

    private int CountGeneratedBefore(User user) => _pool.Numbers.Rank(Generated.CountBefore(user.CreatedAt, user.Id));

    // How many of the stored users, and which number of the generated ones, stand at a position of the list of all.
    private (int Stored, int Number) Split(int position)
    {
        var (least, most) = (0, Math.Min(position, _order.Count));
        while (least < most)
        {
            var middle = (least + most) / 2;
            (least, most) = middle + CountGeneratedBefore(_order[middle]) < position ? (middle + 1, most) : (least, middle);
        }

        return (least, _pool.Numbers.Select(position - least));
    }

    private int NextNumber(int number)
    {
        while (number < Generated.Count && !_pool.Numbers.Contains(number))
        {
            number++;
        }

        return number;
    }

    private int PreviousNumber(int number)
    {
        do
        {
            number--;
        }
        while (number >= 0 && !_pool.Numbers.Contains(number));

        return number;
    }

    private void Check(int version)
    {
        if (version != Version)
        {
            throw new InvalidOperationException("The users were changed while they were listed.");
        }
    }
}
