using FsCheck;
using FsCheck.Fluent;
using Gatehouse.Limits;
using Gatehouse.Testbed;

namespace Gatehouse.Tests.Limits;

/// <summary>What docs/limits.md promises of each algorithm, for calls at any times and of any costs.</summary>
public sealed class LimitPropertyTests
{
    private const int Length = 10_000;
    private const long Start = 170_000_000_000;

    private sealed record Step(int Wait, int Cost);

    private sealed record Sample(LimitPolicy Policy, IReadOnlyList<Step> Steps);

    private sealed record Admitted(long At, long Window, int Cost);

    [Fact]
    public void No_span_of_time_sees_more_than_its_algorithm_promises() => CheckAll("limit-bounds", Samples(backward: false), sample =>
    {
        var admitted = Run(sample).ToList();
        var policy = sample.Policy;
        return policy.Algorithm switch
        {
            LimitAlgorithm.FixedWindow => WindowsHold(policy, admitted),
            LimitAlgorithm.SlidingWindow => WindowsHold(policy, admitted) && SpansHold(admitted, Length, 2L * policy.Limit),
            _ => new[] { 1, 2, 5 }.All(n => SpansHold(admitted, n * Length, policy.Limit + ((n + 1L) * policy.Refill))),
        };
    });

    [Fact]
    public void A_clock_that_jumps_back_and_forward_gives_no_window_twice() => CheckAll("limit-bounds", Samples(backward: true), sample =>
        sample.Policy.Algorithm == LimitAlgorithm.TokenBucket || WindowsHold(sample.Policy, Run(sample)));

    [Fact]
    public void A_refused_call_is_told_the_first_instant_at_which_it_would_be_allowed() => CheckAll("limit-retry", Samples(backward: false), sample =>
    {
        var state = default(LimitState);
        var now = Start;
        foreach (var step in sample.Steps.Where(step => step.Cost <= sample.Policy.Limit))
        {
            now += step.Wait;
            var decision = LimitArithmetic.Take(sample.Policy, ref state, step.Cost, now);
            var retry = decision.RetryAt.ToUnixTimeMilliseconds();
            if (!decision.Allowed && (!IsAllowed(sample.Policy, state, step.Cost, retry) || IsAllowed(sample.Policy, state, step.Cost, retry - 1)))
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void Forgetting_who_is_spent_changes_nothing() => CheckAll("limit-spent", Samples(backward: false), sample =>
    {
        var state = default(LimitState);
        var now = Start;
        foreach (var step in sample.Steps)
        {
            now += step.Wait;
            var forgotten = default(LimitState);
            var isSpent = LimitArithmetic.IsSpent(sample.Policy, state, now);
            var decision = LimitArithmetic.Take(sample.Policy, ref state, step.Cost, now);
            if (isSpent && (LimitArithmetic.Take(sample.Policy, ref forgotten, step.Cost, now) != decision || (decision.Allowed && forgotten != state)))
            {
                return false;
            }
        }

        return true;
    });

    [Theory]
    [InlineData(LimitAlgorithm.SlidingWindow)]
    [InlineData(LimitAlgorithm.FixedWindow)]
    [InlineData(LimitAlgorithm.TokenBucket)]
    public void The_largest_numbers_overflow_nothing(LimitAlgorithm algorithm)
    {
        const int Most = LimitPolicy.MaximumLimit;
        var day = TimeSpan.FromDays(1);
        var policy = algorithm switch
        {
            LimitAlgorithm.SlidingWindow => LimitPolicy.SlidingWindow("most", Most, day),
            LimitAlgorithm.FixedWindow => LimitPolicy.FixedWindow("most", Most, day),
            _ => LimitPolicy.TokenBucket("most", Most, Most, day),
        };
        var state = default(LimitState);
        var now = 20_000 * 86_400_000L;
        Assert.Equal(Most - 1, LimitArithmetic.Take(policy, ref state, 1, now).Remaining);
        for (var call = 0; call < 5; call++)
        {
            var refused = LimitArithmetic.Take(policy, ref state, Most, now);
            Assert.Equal((false, 0L), (refused.Allowed, refused.Remaining));
            Assert.InRange(refused.RetryAt, DateTimeOffset.FromUnixTimeMilliseconds(now + 1), DateTimeOffset.FromUnixTimeMilliseconds(now).AddDays(3));
        }

        Assert.True(LimitArithmetic.Take(policy, ref state, Most, now + (1_000L * 86_400_000)).Allowed);
    }

    private static bool IsAllowed(LimitPolicy policy, LimitState state, int cost, long now) =>
        LimitArithmetic.Take(policy, ref state, cost, now).Allowed;

    private static IEnumerable<Admitted> Run(Sample sample)
    {
        var state = default(LimitState);
        var now = Start;
        var reached = 0L;
        foreach (var step in sample.Steps)
        {
            now += step.Wait;
            reached = Math.Max(reached, now);
            if (LimitArithmetic.Take(sample.Policy, ref state, step.Cost, now).Allowed)
            {
                yield return new Admitted(now, reached / Length, step.Cost);
            }
        }
    }

    private static bool WindowsHold(LimitPolicy policy, IEnumerable<Admitted> calls) =>
        calls.GroupBy(call => call.Window).All(window => window.Sum(call => (long)call.Cost) <= policy.Limit);

    private static bool SpansHold(List<Admitted> calls, long span, long most) =>
        calls.TrueForAll(first => calls.Where(call => call.At >= first.At && call.At < first.At + span).Sum(call => (long)call.Cost) <= most);

    private static Gen<Sample> Samples(bool backward)
    {
        var policies =
            from algorithm in Gen.Elements(Enum.GetValues<LimitAlgorithm>())
            from limit in Gen.Choose(1, 30)
            from refill in Gen.Choose(1, 12)
            select algorithm switch
            {
                LimitAlgorithm.SlidingWindow => LimitPolicy.SlidingWindow("p", limit, TimeSpan.FromMilliseconds(Length)),
                LimitAlgorithm.FixedWindow => LimitPolicy.FixedWindow("p", limit, TimeSpan.FromMilliseconds(Length)),
                _ => LimitPolicy.TokenBucket("p", limit, refill, TimeSpan.FromMilliseconds(Length)),
            };
        var waits = Gen.Choose(0, 25_000).Select(wait => wait < 17_000 ? wait / 50 : wait);
        var steps =
            from wait in waits
            from back in Gen.Choose(0, 3)
            from cost in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Choose(1, 12)))
            select new Step(backward && back == 0 ? -wait : wait, cost);
        return from policy in policies from list in steps.ListOf(60) select new Sample(policy, [.. list]);
    }

    private static void CheckAll(string counts, Gen<Sample> samples, Func<Sample, bool> holds)
    {
        var runs = counts switch
        {
            "limit-bounds" => Counts.Of("limit-bounds"),
            "limit-retry" => Counts.Of("limit-retry"),
            _ => Counts.Of("limit-spent"),
        };
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs.Count).WithReplay((ulong)runs.Seed, 1), Prop.ForAll(samples.ToArbitrary(), holds));
    }
}
