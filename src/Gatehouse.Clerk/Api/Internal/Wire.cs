using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Gatehouse.Clerk.Api.Internal;

/// <summary>Bodies that only pass between the client and Clerk.</summary>
internal static class Wire
{
    internal sealed record ErrorEnvelope(IReadOnlyList<ClerkError>? Errors, string? ClerkTraceId);

    internal sealed record Page<T>(IReadOnlyList<T>? Data, int TotalCount);

    internal sealed record M2MTokenPage(IReadOnlyList<M2MToken>? M2mTokens, int TotalCount);

    internal sealed record Count(int TotalCount);

    internal sealed record SessionToken(string? Jwt);

    internal sealed record CreateSession(string UserId, string? ActiveOrganizationId);

    internal sealed record CreateSessionToken(long? ExpiresInSeconds);

    internal sealed record RefreshSession(
        string ExpiredToken,
        string RefreshToken,
        string RequestOrigin,
        IReadOnlyDictionary<string, string[]> RequestHeaders,
        string Format);

    internal sealed record Cookies(
        [property: JsonPropertyName("cookies")] IReadOnlyList<string>? Lines);

    internal sealed record HandshakePayload(IReadOnlyList<string>? Directives);

    internal sealed record CreateM2MToken(
        string TokenFormat,
        long? SecondsUntilExpiration,
        JsonObject? Claims,
        long? MinRemainingTtlSeconds);

    internal sealed record VerifyM2MToken(string Token);

    internal sealed record Revocation(string? RevocationReason);

    internal sealed record ApiKeySecret(string? Secret);

    internal sealed record VerifyAccessToken(string AccessToken);

    internal sealed record MachineSecret(string? Secret);

    internal sealed record RotateMachineSecret(long PreviousTokenTtl);

    internal sealed record AddMachineScope(string ToMachineId);
}
