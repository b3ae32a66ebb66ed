using System.Net;

namespace Gatehouse.Connectors.Upstash.Internal;

/// <summary>What Upstash's refusals mean. Their texts may hold a key or a command and go no further than this.</summary>
internal static class UpstashErrors
{
    public static bool IsUnknownScript(string? error) => error?.StartsWith("NOSCRIPT", StringComparison.Ordinal) == true;

    public static UpstashException Refused(string? error) => (error ?? "").Split(' ')[0] switch
    {
        "WRONGPASS" or "NOPERM" or "NOAUTH" => new UpstashException(
            UpstashFailure.Unauthorized, "Upstash does not let UPSTASH_REDIS_REST_TOKEN count: it must be the standard token."),
        "WRONGTYPE" => new UpstashException(
            UpstashFailure.Refused, "What stands at a limit's key is of another kind: another algorithm counts under the same prefix."),
        var code => new UpstashException(UpstashFailure.Refused, $"Upstash refused a limiter's script ({Word(code)})."),
    };

    public static UpstashException Of(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            new UpstashException(UpstashFailure.Unauthorized, "Upstash refused UPSTASH_REDIS_REST_TOKEN."),
        HttpStatusCode.TooManyRequests => new UpstashException(UpstashFailure.Exhausted, "Upstash has had too many requests."),
        >= HttpStatusCode.InternalServerError => new UpstashException(UpstashFailure.Failed, $"Upstash failed with {(int)status}."),
        _ => new UpstashException(UpstashFailure.Unreadable, $"Upstash answered with {(int)status}, which it never does."),
    };

    private static string Word(string code) => code.Length is > 0 and < 32 && code.All(char.IsAsciiLetterUpper) ? code : "no code";
}
