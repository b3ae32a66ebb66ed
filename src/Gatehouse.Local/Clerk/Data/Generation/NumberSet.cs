using System.Numerics;

namespace Gatehouse.Local.Clerk.Data.Generation;

/// <summary>
/// The numbers from 0 to a count that are still there: a bit for each, and a sum for each block of them. It takes no memory until the
/// first is taken away.
/// </summary>
internal sealed class NumberSet(int count)
{
    private const int BlockWords = 64;
    private const int BlockNumbers = BlockWords * 64;

    private ulong[]? _gone;
    private int[] _goneInBlock = [];
    private int _taken;

    public int Count => count - _taken;

    public bool Contains(int number) => (uint)number < (uint)count && (_gone is null || (_gone[number >> 6] & (1UL << (number & 63))) == 0);

    public void Remove(int number)
    {
        if (!Contains(number))
        {
            return;
        }

        if (_gone is null)
        {
            _gone = new ulong[(count >> 6) + 1];
            _goneInBlock = new int[(count / BlockNumbers) + 1];
        }

        _gone[number >> 6] |= 1UL << (number & 63);
        _goneInBlock[number / BlockNumbers]++;
        _taken++;
    }

    /// <summary>How many below a number are there.</summary>
    public int Rank(int number)
    {
        if (_gone is null)
        {
            return number;
        }

        var gone = 0;
        for (var block = 0; block < number / BlockNumbers; block++)
        {
            gone += _goneInBlock[block];
        }

        for (var word = number / BlockNumbers * BlockWords; word < number >> 6; word++)
        {
            gone += BitOperations.PopCount(_gone[word]);
        }

        return number - gone - BitOperations.PopCount(_gone[number >> 6] & ((1UL << (number & 63)) - 1));
    }

    /// <summary>The number of which so many are below it; the count when there are not so many.</summary>
    public int Select(int rank)
    {
        if (rank >= Count)
        {
            return count;
        }

        if (_gone is null)
        {
            return rank;
        }

        var (least, most) = (rank, Math.Min(count - 1, rank + (count - Count)));
        while (least < most)
        {
            var middle = least + ((most - least) / 2);
            (least, most) = Rank(middle + 1) > rank ? (least, middle) : (middle + 1, most);
        }

        return least;
    }

    /// <summary>What was taken away, as runs from a number to another, both included.</summary>
    public IEnumerable<(int From, int To)> Gone()
    {
        for (var number = 0; _gone is not null && number < count; number++)
        {
            if (Contains(number))
            {
                continue;
            }

            var from = number;
            while (number + 1 < count && !Contains(number + 1))
            {
                number++;
            }

            yield return (from, number);
        }
    }
}
