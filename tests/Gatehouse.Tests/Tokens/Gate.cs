using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

/// <summary>A verifier for one forged instance, at a fixed time.</summary>
internal sealed class Gate
{
    private readonly TokenVerifier _verifier;

    public Gate(params Func<TokenForge, TokenIssuer>[] issuers)
    {
        Forge = new TokenForge(Clock);
        _verifier = new TokenVerifier(issuers.Length == 0 ? [Forge.Issuer] : [.. issuers.Select(issuer => issuer(Forge))], Clock);
    }

    /// <summary>An entrance that takes all that can be verified, so that nothing but the token's own fault refuses it.</summary>
    public static Entrance Open { get; } = new()
    {
        Classes = TokenClass.Session | TokenClass.Template | TokenClass.M2M | TokenClass.OAuth | TokenClass.ApiKey | TokenClass.Handshake,
        MachineId = TokenForge.ReceiverId,
    };

    public TestClock Clock { get; } = new();

    public TokenForge Forge { get; }

    public long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public async Task<TokenResult> VerifyAsync(string token, Entrance? entrance = null) =>
        await _verifier.VerifyAsync(token, entrance ?? Open, CancellationToken.None);

    /// <returns>The reason, or null for a token that was let in.</returns>
    public async Task<TokenFailure?> RefusalAsync(string token, Entrance? entrance = null)
    {
        var result = await VerifyAsync(token, entrance);
        return result.Succeeded ? null : result.Failure;
    }

    public async Task<TokenClaims> ClaimsAsync(string token, Entrance? entrance = null)
    {
        var result = await VerifyAsync(token, entrance);
        Assert.True(result.Succeeded, $"refused: {result.Failure}");
        return result.Claims;
    }
}
