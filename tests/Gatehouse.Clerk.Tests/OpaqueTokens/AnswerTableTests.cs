using Gatehouse.Clerk.OpaqueTokens.Internal;
using Gatehouse.Tokens;

namespace Gatehouse.Clerk.Tests.OpaqueTokens;

public sealed class AnswerTableTests
{
    private static readonly Answer Word = new(OpaqueLookup.Unknown, 1, TimeSpan.FromSeconds(1));

    private readonly AnswerTable _table = new(3);

    [Fact]
    public void Never_holds_more_than_its_capacity()
    {
        for (var i = 0; i < 100; i++)
        {
            _table.Put(Digest(i), Word);
            Assert.True(_table.Count <= 3);
        }

        Assert.True(_table.TryFind(Digest(99), out _));
    }

    [Fact]
    public void What_is_read_outlives_what_is_not()
    {
        _table.Put(Digest(0), Word);
        for (var i = 1; i < 100; i++)
        {
            Assert.True(_table.TryFind(Digest(0), out _));
            _table.Put(Digest(i), Word);
        }
    }

    [Fact]
    public void When_all_are_read_the_oldest_goes()
    {
        for (var i = 0; i < 3; i++)
        {
            _table.Put(Digest(i), Word);
            _table.TryFind(Digest(i), out _);
        }

        _table.Put(Digest(3), Word);

        Assert.False(_table.TryFind(Digest(0), out _));
        Assert.Equal(3, _table.Count);
    }

    [Fact]
    public void Answer_is_replaced_in_its_place()
    {
        _table.Put(Digest(0), Word);
        var later = Word with { AskedAt = 2 };
        _table.Put(Digest(0), later);

        Assert.True(_table.TryFind(Digest(0), out var found));
        Assert.Same(later, found);
        Assert.Equal(1, _table.Count);
    }

    [Fact]
    public void What_is_removed_and_put_again_stays()
    {
        for (var i = 0; i < 100; i++)
        {
            _table.Remove(Digest(0));
            Assert.False(_table.TryFind(Digest(0), out _));
            _table.Put(Digest(0), Word);
            Assert.True(_table.TryFind(Digest(0), out _));
        }

        Assert.Equal(1, _table.Count);
    }

    [Fact]
    public async Task Threads_that_read_and_write_at_once_never_see_it_overfull()
    {
        var readers = Enumerable.Range(0, 4).Select(reader => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                _table.TryFind(Digest(i % 5), out _);
                _table.Put(Digest((i + reader) % 7), Word);
                if (i % 11 == 0)
                {
                    _table.Remove(Digest(i % 7));
                }
            }
        }));
        await Task.WhenAll(readers);

        Assert.InRange(_table.Count, 0, 3);
    }

    private static TokenDigest Digest(int number) => new((UInt128)number, (UInt128)number);
}
