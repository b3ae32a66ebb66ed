using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Clerk.ServiceTokens.Internal;
using Gatehouse.Testbed;

namespace Gatehouse.Clerk.Tests.ServiceTokens;

public sealed class PatienceTests
{
    private readonly ServiceTokenOptions _options = new();

    [Fact]
    [Proves("A61")]
    public void Pauses_double_with_jitter_below_and_end_after_the_last_attempt()
    {
        var patience = new Patience(_options);

        Assert.InRange(patience.Next(null)!.Value.TotalMilliseconds, 250, 500);
        Assert.InRange(patience.Next(null)!.Value.TotalMilliseconds, 500, 1000);
        Assert.InRange(patience.Next(null)!.Value.TotalMilliseconds, 1000, 2000);
        Assert.InRange(patience.Next(null)!.Value.TotalMilliseconds, 2000, 4000);
        Assert.Null(patience.Next(null));
    }

    [Fact]
    public void What_is_told_is_waited_exactly() =>
        Assert.Equal(TimeSpan.FromSeconds(7), new Patience(_options).Next(TimeSpan.FromSeconds(7)));

    [Fact]
    public void Told_to_come_back_at_once_still_pauses() =>
        Assert.InRange(new Patience(_options).Next(TimeSpan.Zero)!.Value.TotalMilliseconds, 250, 500);

    [Theory]
    [InlineData(1, 500)]
    [InlineData(7, 30_000)]
    [InlineData(2000, 30_000)]
    public void Backoff_has_a_ceiling(int attempt, int milliseconds) =>
        Assert.Equal(milliseconds, Patience.Backoff(TimeSpan.FromMilliseconds(500), attempt).TotalMilliseconds);
}
