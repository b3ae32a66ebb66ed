namespace Gatehouse.Limits.Internal;

/// <summary>
/// The callers of one policy that share a lock: a chained hash table in two arrays, 36 bytes a place, so that a caller costs less than 100
/// bytes even when the table has just grown.
/// </summary>
internal sealed class LimitTable(int maximum)
{
    private const int Smallest = 16;
    private const long LongestPause = 60_000;

    private readonly Lock _gate = new();
    private int[] _heads = new int[Smallest];      // one more than the place, so that a new array is empty
    private Place[] _places = new Place[Smallest];
    private int _count;
    private LimitState _shared;
    private long _sweepNotBefore;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public LimitDecision Take(LimitPolicy policy, string key, int hash, int cost, long now)
    {
        lock (_gate)
        {
            for (var place = _heads[hash & (_heads.Length - 1)] - 1; place >= 0; place = _places[place].Next)
            {
                ref var found = ref _places[place];
                if (found.Hash == hash && string.Equals(found.Key, key, StringComparison.Ordinal))
                {
                    return LimitArithmetic.Take(policy, ref found.State, cost, now);
                }
            }

            return TakeFirst(policy, key, hash, cost, now);
        }
    }

    private LimitDecision TakeFirst(LimitPolicy policy, string key, int hash, int cost, long now)
    {
        if (_count == _places.Length)
        {
            MakeRoom(policy, now);
        }

        // Nobody who is still counted is forgotten: whoever comes when all places are taken shares one count with the others who do.
        if (_count == _places.Length)
        {
            return LimitArithmetic.Take(policy, ref _shared, cost, now);
        }

        ref var place = ref _places[_count];
        place.Key = key;
        place.Hash = hash;
        place.State = default;
        Link(_count++);
        return LimitArithmetic.Take(policy, ref place.State, cost, now);
    }

    // Forgets who is spent, and takes as many places as the others need: each sweep is paid for by a quarter as many new callers.
    private void MakeRoom(LimitPolicy policy, long now)
    {
        if (_places.Length == maximum && now < _sweepNotBefore)
        {
            return;   // not at every call of a full table
        }

        _sweepNotBefore = now + Math.Min(LongestPause, policy.WindowMilliseconds / 4);
        var kept = 0;
        for (var place = 0; place < _count; place++)
        {
            if (!LimitArithmetic.IsSpent(policy, _places[place].State, now))
            {
                _places[kept++] = _places[place];
            }
        }

        Array.Clear(_places, kept, _count - kept);
        _count = kept;
        Resize(Fitting(kept));
    }

    // A quarter stays free, and never more than five eighths: 96 bytes for each who is kept.
    private int Fitting(int kept)
    {
        var size = Smallest;
        while (size < maximum && size / 4 * 3 < kept)
        {
            size *= 2;
        }

        return size;
    }

    private void Resize(int size)
    {
        if (size != _places.Length)
        {
            Array.Resize(ref _places, size);
            _heads = new int[size];
        }
        else
        {
            Array.Clear(_heads);
        }

        for (var place = 0; place < _count; place++)
        {
            Link(place);
        }
    }

    private void Link(int place)
    {
        ref var head = ref _heads[_places[place].Hash & (_heads.Length - 1)];
        _places[place].Next = head - 1;
        head = place + 1;
    }

    private struct Place
    {
        public string Key;
        public int Hash;
        public int Next;
        public LimitState State;
    }
}
