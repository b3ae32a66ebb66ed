using Gatehouse.Local.Clerk.Data;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests;

public sealed class IdGeneratorTests
{
    [Fact]
    public void Ids_are_ksuids_that_sort_by_the_second_of_their_making()
    {
        var clock = new TestClock();
        var ids = new IdGenerator(new ClerkClock(clock), new Random(1));
        var made = new List<string>();
        for (var count = 0; count < 200; count++)
        {
            made.Add(ids.Next("user_"));
            clock.AdvanceSeconds(1);
        }

        Assert.All(made, id => Assert.Matches(@"\Auser_[0-9A-Za-z]{27}\z", id));
        Assert.Equal(made, made.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Text_is_base_62_of_twenty_bytes()
    {
        var clock = new TestClock(DateTimeOffset.FromUnixTimeSeconds(1_400_000_000));

        Assert.Equal(new string('0', 27), new IdGenerator(new ClerkClock(clock), new Zeros()).Next(""));
    }

    private sealed class Zeros : Random
    {
        public override void NextBytes(Span<byte> buffer) => buffer.Clear();
    }
}
