using System.Collections.Frozen;

namespace Gatehouse.Tokens;

/// <summary>The stable codes of <see cref="TokenFailure"/>.</summary>
public static class TokenFailures
{
    private static readonly FrozenDictionary<TokenFailure, string> Codes = new Dictionary<TokenFailure, string>
    {
        [TokenFailure.Unverified] = "unverified",
        [TokenFailure.Malformed] = "malformed",
        [TokenFailure.TooLarge] = "too-large",
        [TokenFailure.Algorithm] = "algorithm",
        [TokenFailure.Type] = "type",
        [TokenFailure.KeyUnknown] = "key-unknown",
        [TokenFailure.KeyUnusable] = "key-unusable",
        [TokenFailure.Signature] = "signature",
        [TokenFailure.Class] = "class",
        [TokenFailure.Issuer] = "issuer",
        [TokenFailure.AuthorizedParty] = "authorized-party",
        [TokenFailure.Audience] = "audience",
        [TokenFailure.Expired] = "expired",
        [TokenFailure.NotYetValid] = "not-yet-valid",
        [TokenFailure.IssuedInFuture] = "issued-in-future",
        [TokenFailure.Lifetime] = "lifetime",
        [TokenFailure.Scope] = "scope",
        [TokenFailure.Pending] = "pending",
        [TokenFailure.Revoked] = "revoked",
        [TokenFailure.PublishedKey] = "published-key",
        [TokenFailure.KeysUnavailable] = "keys-unavailable",
        [TokenFailure.NeedsClerk] = "needs-clerk",
        [TokenFailure.Unknown] = "unknown",
        [TokenFailure.RevocationsStale] = "revocations-stale",
    }.ToFrozenDictionary();

    /// <summary>Whether the failure is ours and not the caller's, so that the same token may be good in a moment.</summary>
    public static bool IsOurs(this TokenFailure failure) => failure is TokenFailure.KeysUnavailable or TokenFailure.RevocationsStale;

    /// <summary>The code that problem details, metrics and the command line show, such as <c>not-yet-valid</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enum.</exception>
    public static string ToCode(this TokenFailure failure) =>
        Codes.TryGetValue(failure, out var code) ? code : throw new ArgumentOutOfRangeException(nameof(failure), failure, "no such failure");
}
