using FsCheck;
using FsCheck.Fluent;
using Gatehouse.Limits;
using Gatehouse.Testbed;

namespace Gatehouse.Tests.Limits;

public sealed class LimitArithmeticTests
{
    private const long Window = 60_000;

    // A window's start far from the epoch's beginning.
    private const long Start = 29_539_440 * Window;

    private static readonly LimitPolicy Ten = LimitPolicy.SlidingWindow("ten", 10, TimeSpan.FromMilliseconds(Window));

    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(15_000, false, 0)]
    [InlineData(17_999, false, 0)]
    [InlineData(18_000, false, 0)]
    [InlineData(18_001, true, 0)]
    [InlineData(30_000, true, 1)]
    [InlineData(45_000, true, 4)]
    [InlineData(59_999, true, 6)]
    [Proves("A44", "A46")]
    public void Ten_calls_before_and_three_now_leave_what_the_share_of_the_window_before_leaves(long offset, bool allowed, long remaining)
    {
        var window = TenBeforeAndThreeNow();

        var decision = Take(ref window, Ten, Start + offset);

        Assert.Equal(
            (allowed, 10L, remaining, DateTimeOffset.FromUnixTimeMilliseconds(Start + Window)),
            (decision.Allowed, decision.Limit, decision.Remaining, decision.ResetAt));
    }

    [Fact]
    public void All_calls_of_a_window_are_counted_and_the_next_is_refused()
    {
        var window = default(LimitState);
        for (var left = 9; left >= 0; left--)
        {
            Assert.Equal((true, left), Answer(Take(ref window, Ten, Start)));
        }

        Assert.Equal((false, 0), Answer(Take(ref window, Ten, Start)));
        Assert.Equal((false, 0), Answer(Take(ref window, Ten, Start + Window - 1)));
    }

    [Fact]
    public void At_the_border_the_window_before_still_counts_whole_and_a_window_later_not_at_all()
    {
        var window = default(LimitState);
        Spend(ref window, 10, Start);

        Assert.Equal((false, 0), Answer(Take(ref window, Ten, Start + Window)));
        Assert.Equal((true, 0), Answer(Take(ref window, Ten, Start + Window + 1)));

        var rested = default(LimitState);
        Spend(ref rested, 10, Start);
        Assert.Equal((true, 9), Answer(Take(ref rested, Ten, Start + (2 * Window))));
    }

    [Fact]
    public void Refused_calls_cost_nothing()
    {
        var asked = TenBeforeAndThreeNow();
        Spend(ref asked, 1000, Start, allowed: false);

        Assert.Equal((true, 1), Answer(Take(ref asked, Ten, Start + 30_000)));
    }

    [Fact]
    public void Reset_is_the_end_of_the_present_window_for_allowed_and_refused_calls()
    {
        var window = default(LimitState);
        var end = DateTimeOffset.FromUnixTimeMilliseconds(Start + Window);
        Assert.Equal(end, Take(ref window, Ten, Start).ResetAt);
        Assert.Equal(end, Take(ref window, Ten, Start + Window - 1).ResetAt);
        Spend(ref window, 8, Start);
        Assert.Equal(end, Take(ref window, Ten, Start).ResetAt);
        Assert.Equal(end.AddMilliseconds(Window), Take(ref window, Ten, Start + Window).ResetAt);
    }

    [Fact]
    public void A_clock_that_was_set_back_opens_no_window_again()
    {
        var window = default(LimitState);
        Spend(ref window, 10, Start);
        Assert.Equal((false, 0), Answer(Take(ref window, Ten, Start - 1)));
        Assert.Equal((false, 0), Answer(Take(ref window, Ten, Start - (5 * Window))));
        Assert.Equal((false, 0), Answer(Take(ref window, Ten, Start + 1)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(Window - 1, false)]
    [InlineData(Window, false)]
    [InlineData((2 * Window) - 1, false)]
    [InlineData(2 * Window, true)]
    [InlineData(-Window, false)]
    public void What_is_spent_decides_nothing_any_more(long later, bool spent)
    {
        var window = default(LimitState);
        Spend(ref window, 10, Start);
        Assert.Equal(spent, LimitArithmetic.IsSpent(Ten, window, Start + later));
        if (spent)
        {
            Assert.Equal(Fresh(Ten, Start + later), Take(ref window, Ten, Start + later));
        }
    }

    [Fact]
    public void The_largest_limit_and_window_overflow_nothing()
    {
        var policy = LimitPolicy.SlidingWindow("largest", 1_000_000_000, TimeSpan.FromDays(1));
        var window = default(LimitState);
        Assert.Equal(new LimitDecision(true, 1_000_000_000, 999_999_999, DateTimeOffset.UnixEpoch.AddDays(20_001)), Take(ref window, policy, 20_000L * 86_400_000));
    }

    [Fact]
    public void Every_sequence_of_calls_is_decided_as_a_list_of_all_calls_decides_it()
    {
        var runs = Counts.Of("limit-model");
        var steps = Gen.Choose(0, 25_000).Select(step => step < 15_000 ? step / 100 : step);
        var cases =
            from limit in Gen.Choose(1, 12)
            from waits in steps.NonEmptyListOf()
            select (limit, waits);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(runs.Count).WithReplay((ulong)runs.Seed, 1),
            Prop.ForAll(cases.ToArbitrary(), sample => AgreesWithTheModel(sample.limit, sample.waits)));
    }

    private static bool AgreesWithTheModel(int limit, IEnumerable<int> waits)
    {
        const long Length = 10_000;
        var policy = LimitPolicy.SlidingWindow("model", limit, TimeSpan.FromMilliseconds(Length));
        var window = default(LimitState);
        var calls = new List<long>();
        var now = Start;
        foreach (var wait in waits)
        {
            now += wait;
            var index = now / Length;
            var current = calls.Count(call => call / Length == index);
            var before = calls.Count(call => call / Length == index - 1);
            var used = current + (int)Math.Floor((1 - ((double)(now % Length) / Length)) * before);
            var decision = Take(ref window, policy, now);
            if ((decision.Allowed, decision.Remaining) != (used < limit, Math.Max(0, limit - used - 1))
                || decision.ResetAt.ToUnixTimeMilliseconds() != (index + 1) * Length)
            {
                return false;
            }

            if (decision.Allowed)
            {
                calls.Add(now);
            }
        }

        // What the policy promises: no aligned window beyond the limit, no window's length beyond its double.
        return calls.GroupBy(call => call / Length).All(group => group.Count() <= limit)
            && calls.TrueForAll(call => calls.Count(other => other >= call && other < call + Length) <= 2 * limit);
    }

    // The three calls are made at the window's end, when the ten before weigh nothing; the clock is then set back to its start.
    private static LimitState TenBeforeAndThreeNow()
    {
        var window = default(LimitState);
        Spend(ref window, 10, Start - 1);
        Spend(ref window, 3, Start + Window - 1);
        return window;
    }

    private static void Spend(ref LimitState window, int calls, long at, bool allowed = true)
    {
        for (var call = 0; call < calls; call++)
        {
            Assert.Equal(allowed, Take(ref window, Ten, at).Allowed);
        }
    }

    private static LimitDecision Take(ref LimitState state, LimitPolicy policy, long now, int cost = 1) =>
        LimitArithmetic.Take(policy, ref state, cost, now);

    private static LimitDecision Fresh(LimitPolicy policy, long now, int cost = 1)
    {
        var state = default(LimitState);
        return Take(ref state, policy, now, cost);
    }

    private static (bool Allowed, long Remaining) Answer(LimitDecision decision) => (decision.Allowed, decision.Remaining);
}
