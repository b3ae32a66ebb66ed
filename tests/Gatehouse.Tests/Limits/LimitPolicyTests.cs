using Gatehouse.Limits;

namespace Gatehouse.Tests.Limits;

public sealed class LimitPolicyTests
{
    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(1_000_000_000, 86_400_000)]
    [InlineData(100, 60_001)]
    public void Policy_within_its_bounds_is_taken(int limit, int milliseconds)
    {
        var policy = LimitPolicy.SlidingWindow("api per minute", limit, TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(("api per minute", limit, TimeSpan.FromMilliseconds(milliseconds)), (policy.Name, policy.Limit, policy.Window));
        Assert.Equal(policy, LimitPolicy.SlidingWindow("api per minute", limit, TimeSpan.FromMilliseconds(milliseconds)));
    }

    [Theory]
    [InlineData(0, 60_000)]
    [InlineData(-1, 60_000)]
    [InlineData(int.MinValue, 60_000)]
    [InlineData(1_000_000_001, 60_000)]
    [InlineData(1, 999)]
    [InlineData(1, 0)]
    [InlineData(1, -60_000)]
    [InlineData(1, 86_400_001)]
    [InlineData(1, 60_000.5)]
    public void Policy_outside_its_bounds_is_refused(int limit, double milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LimitPolicy.SlidingWindow("api", limit, TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("a\r\nX-Injected: 1")]
    [InlineData("a\tb")]
    [InlineData("a\0")]
    [InlineData("é")]
    [InlineData("a\u007F")]
    public void Name_that_cannot_stand_in_a_header_is_refused(string? name) =>
        Assert.ThrowsAny<ArgumentException>(() => LimitPolicy.SlidingWindow(name!, 1, TimeSpan.FromMinutes(1)));
}
