using System.Collections.Frozen;

namespace Gatehouse.AspNetCore.Problems.Internal;

/// <summary>The stable code of a problem whose writer gave none.</summary>
internal static class ProblemCodes
{
    /// <summary>The extension member that carries the code.</summary>
    public const string Member = "code";

    private static readonly FrozenDictionary<int, string> Codes = new Dictionary<int, string>
    {
        [400] = "bad-request",
        [401] = "unauthenticated",
        [403] = "forbidden",
        [404] = "not-found",
        [405] = "method-not-allowed",
        [406] = "not-acceptable",
        [408] = "request-timeout",
        [409] = "conflict",
        [413] = "too-large",
        [415] = "unsupported-media-type",
        [429] = "rate-limited",
        [500] = "internal-error",
        [502] = "bad-gateway",
        [503] = "unavailable",
    }.ToFrozenDictionary();

    public static string Of(int status) => Codes.GetValueOrDefault(status, status < 500 ? "refused" : "internal-error");
}
