namespace Gatehouse.Local.Clerk.Users;

/// <summary>
/// Users in the order of their making, the newest first, by time and then by id. Kept in blocks, so that one more in the middle of many
/// moves few.
/// </summary>
internal sealed class UserOrder
{
    private const int MostInBlock = 1024;

    // Oldest first: what is new is put at the end.
    private readonly List<List<(long CreatedAt, User User)>> _blocks = [[]];

    public int Count { get; private set; }

    /// <summary>The user with so many newer ones before it.</summary>
    public User this[int position]
    {
        get
        {
            var index = Count - 1 - position;
            foreach (var block in _blocks)
            {
                if (index < block.Count)
                {
                    return block[index].User;
                }

                index -= block.Count;
            }

            throw new ArgumentOutOfRangeException(nameof(position));
        }
    }

    public void Add(User user)
    {
        var (block, index) = Place(user.CreatedAt, user.Id);
        var users = _blocks[block];
        users.Insert(index, (user.CreatedAt, user));
        Count++;
        if (users.Count > MostInBlock)
        {
            // A block that was filled at its end stays full: the next of a rising sequence begins another.
            var kept = index == MostInBlock ? MostInBlock : MostInBlock / 2;
            _blocks.Insert(block + 1, users[kept..]);
            users.RemoveRange(kept, users.Count - kept);
        }
    }

    /// <summary>Takes a user out of the place that it was given.</summary>
    public void Remove(User user, long createdAt)
    {
        var (block, index) = Place(createdAt, user.Id);
        _blocks[block].RemoveAt(index);
        Count--;
        if (_blocks[block].Count == 0 && _blocks.Count > 1)
        {
            _blocks.RemoveAt(block);
        }
    }

    /// <summary>How many are newer than such a user.</summary>
    public int CountBefore(long createdAt, string id)
    {
        var (block, index) = Place(createdAt, id);
        var older = index;
        for (var before = 0; before < block; before++)
        {
            older += _blocks[before].Count;
        }

        var isThere = index < _blocks[block].Count && Compare(_blocks[block][index], createdAt, id) == 0;
        return Count - older - (isThere ? 1 : 0);
    }

    // Where the first is that is not older.
    private (int Block, int Index) Place(long createdAt, string id)
    {
        var (least, most) = (0, _blocks.Count - 1);
        while (least < most)
        {
            var middle = (least + most) / 2;
            (least, most) = Compare(_blocks[middle][^1], createdAt, id) < 0 ? (middle + 1, most) : (least, middle);
        }

        var users = _blocks[least];
        var (from, to) = (0, users.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = Compare(users[middle], createdAt, id) < 0 ? (middle + 1, to) : (from, middle);
        }

        return (least, from);
    }

    private static int Compare((long CreatedAt, User User) entry, long createdAt, string id) =>
        entry.CreatedAt.CompareTo(createdAt) is not 0 and var order ? order : string.CompareOrdinal(entry.User.Id, id);
}
