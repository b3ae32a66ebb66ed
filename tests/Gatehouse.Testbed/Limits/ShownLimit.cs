using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Gatehouse.Testbed.Limits;

/// <summary>What an answer says of its limit, read from all its headers, which must agree with each other and with the answer.</summary>
public sealed partial record ShownLimit(string Policy, long Limit, long Remaining, DateTimeOffset Reset, long Window, TimeSpan? RetryAfter)
{
    /// <summary>Reads and checks the headers.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="now">When it was sent, by the server's clock.</param>
    public static ShownLimit Of(HttpResponseMessage response, DateTimeOffset now)
    {
        var policy = PolicyField.Match(Single(response, "RateLimit-Policy"));
        var state = StateField.Match(Single(response, "RateLimit"));
        Assert.True(policy.Success && state.Success, $"{response} has malformed RateLimit fields");
        var shown = new ShownLimit(
            policy.Groups["name"].Value,
            Number(Single(response, "X-RateLimit-Limit")),
            Number(Single(response, "X-RateLimit-Remaining")),
            DateTimeOffset.FromUnixTimeSeconds(Number(Single(response, "X-RateLimit-Reset"))),
            Number(policy.Groups["w"].Value),
            response.Headers.RetryAfter?.Delta);
        Assert.Equal(shown.Policy, state.Groups["name"].Value);
        Assert.Equal(shown.Limit, Number(policy.Groups["q"].Value));
        Assert.Equal(shown.Remaining, Number(state.Groups["r"].Value));
        Assert.InRange(shown.Remaining, 0, shown.Limit);
        Assert.InRange(shown.Reset - now, TimeSpan.Zero, TimeSpan.FromSeconds(shown.Window + 1));
        var wait = TimeSpan.FromSeconds(Number(state.Groups["t"].Value));
        Assert.InRange(now + wait, shown.Reset.AddSeconds(-1), shown.Reset.AddSeconds(1));

        var status = (int)response.StatusCode;
        Assert.Equal(status is 429 or 503, shown.RetryAfter is not null);
        Assert.True(status != 429 || (shown.Remaining == 0 && shown.RetryAfter >= wait), $"429 with {shown}");
        return shown;
    }

    private static string Single(HttpResponseMessage response, string name)
    {
        Assert.True(response.Headers.TryGetValues(name, out var values), $"{(int)response.StatusCode} {response.RequestMessage?.RequestUri} has no {name}");
        return Assert.Single(values);
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("""\A"(?<name>[ -~-["\\]]+)";q=(?<q>\d+);w=(?<w>[1-9]\d*)\z""", RegexOptions.None, 1_000)]
    private static partial Regex PolicyField { get; }

    [GeneratedRegex("""\A"(?<name>[ -~-["\\]]+)";r=(?<r>\d+);t=(?<t>[1-9]\d*)\z""", RegexOptions.None, 1_000)]
    private static partial Regex StateField { get; }
}
