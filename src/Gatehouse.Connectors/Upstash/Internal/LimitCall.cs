using System.Globalization;
using Gatehouse.Limits;

namespace Gatehouse.Connectors.Upstash.Internal;

/// <summary>One decision as it is asked for: a script, its keys and its arguments.</summary>
/// <remarks>Keys byte for byte as <c>@upstash/ratelimit</c> has them: <c>prefix:identifier</c>, for windows with the window's number.</remarks>
internal sealed record LimitCall(LimitScript Script, IReadOnlyList<string> Keys, IReadOnlyList<long> Arguments, long WindowEnd)
{
    private const string DynamicLimit = "dynamic:global";

    public static LimitCall Of(LimitPolicy policy, UpstashLimitOptions options, string identifier, int cost, long now)
    {
        var prefix = options.PrefixOf(policy.Name);
        var key = $"{prefix}:{identifier}";
        var length = policy.Window.Ticks / TimeSpan.TicksPerMillisecond;
        var window = now / length;
        var end = (window + 1) * length;
        string[] dynamic = options.DynamicLimits ? [$"{prefix}:{DynamicLimit}"] : [];
        return policy.Algorithm switch
        {
            LimitAlgorithm.SlidingWindow => new LimitCall(
                LimitScripts.SlidingWindow, [Numbered(key, window), Numbered(key, window - 1), .. dynamic], [policy.Limit, now, length, cost], end),
            LimitAlgorithm.FixedWindow => new LimitCall(
                LimitScripts.FixedWindow, [Numbered(key, window), .. dynamic], [policy.Limit, length, cost], end),
            _ => new LimitCall(
                LimitScripts.TokenBucket, [key, .. dynamic], [policy.Limit, length, policy.Refill, now, cost], end),
        };
    }

    /// <summary>What the script's answer means.</summary>
    /// <exception cref="UpstashException">It is no answer of that script.</exception>
    public LimitDecision Read(IReadOnlyList<long> answer)
    {
        var isBucket = ReferenceEquals(Script, LimitScripts.TokenBucket);
        if (answer.Count != (isBucket ? 3 : 2))
        {
            throw new UpstashException(UpstashFailure.Unreadable, "Upstash answered a limiter's script with something else than its numbers.");
        }

        var limit = answer[^1];
        var left = ReferenceEquals(Script, LimitScripts.FixedWindow) ? limit - answer[0] : answer[0];
        var reset = isBucket ? answer[1] : WindowEnd;
        return new LimitDecision(left >= 0, limit, Math.Max(0, left), DateTimeOffset.FromUnixTimeMilliseconds(reset));
    }

    private static string Numbered(string key, long window) => string.Create(CultureInfo.InvariantCulture, $"{key}:{window}");
}
