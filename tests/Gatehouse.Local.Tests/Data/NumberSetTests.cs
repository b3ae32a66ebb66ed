using Gatehouse.Local.Clerk.Data.Generation;

namespace Gatehouse.Local.Tests.Data;

public sealed class NumberSetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4096)]
    [InlineData(10_000)]
    public void It_counts_and_finds_what_is_left_as_a_list_does(int count)
    {
        var random = new Random(count);
        var (set, model) = (new NumberSet(count), Enumerable.Range(0, count).ToList());
        for (var round = 0; round < 40 && model.Count > 0; round++)
        {
            for (var run = random.Next(model.Count / 10); run >= 0 && model.Count > 0; run--)
            {
                var taken = random.Next(model.Count);
                set.Remove(model[taken]);
                set.Remove(model[taken]);
                model.RemoveAt(taken);
            }

            Assert.Equal(model.Count, set.Count);
            for (var probe = 0; probe < 50 && model.Count > 0; probe++)
            {
                var rank = random.Next(model.Count);
                Assert.Equal(model[rank], set.Select(rank));
                Assert.Equal(rank, set.Rank(model[rank]));
                Assert.True(set.Contains(model[rank]));
            }
        }

        Assert.Equal(count, set.Select(set.Count));
        Assert.Equal(set.Count, set.Rank(count));
        Assert.Equal(Enumerable.Range(0, count).Except(model), set.Gone().SelectMany(run => Enumerable.Range(run.From, run.To - run.From + 1)));
    }
}
