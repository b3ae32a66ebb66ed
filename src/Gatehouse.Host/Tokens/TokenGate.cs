using Gatehouse.Tokens;
using Gatehouse.Tokens.Internal;

namespace Gatehouse.Host.Tokens;

/// <summary>The imagined entrance, with a verifier before it. Safe for any number of threads.</summary>
internal sealed class TokenGate
{
    // Without --issuer no token is compared with it: the entrance reports that it differs, and goes on.
    private const string AnyIssuer = "the given set";

    private readonly Entrance _entrance;
    private readonly TokenVerifier _strict;
    private readonly TokenVerifier? _forDevelopment;

    public TokenGate(IKeySetSource keys, GateSettings settings)
    {
        var issuer = settings.Issuer ?? AnyIssuer;
        _entrance = settings.Entrance;
        _strict = new TokenVerifier([new TokenIssuer(issuer, keys)], settings.Clock);
        _forDevelopment = settings.Production
            ? null
            : new TokenVerifier([new TokenIssuer(issuer, keys, AdmitPublishedKeys: true)], settings.Clock);
    }

    public async ValueTask<GateAnswer> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        var result = await _strict.VerifyAsync(token, _entrance, cancellationToken);
        if (result.Succeeded)
        {
            return new GateAnswer(result, IsLocal: false);
        }

        // What an opaque token's prefix says is nobody's word yet: whatever classes are taken, the answer is to ask Clerk.
        if (result.Failure == TokenFailure.Class && OpaquePrefix.ClassOf(token) != TokenClass.None)
        {
            return GateAnswer.Refused(TokenFailure.NeedsClerk);
        }

        return result.Failure == TokenFailure.PublishedKey && _forDevelopment is not null
            ? new GateAnswer(await _forDevelopment.VerifyAsync(token, _entrance, cancellationToken), IsLocal: true)
            : new GateAnswer(result, IsLocal: false);
    }

    public async Task<TokenExplanation> ExplainAsync(string token, CancellationToken cancellationToken) =>
        await (_forDevelopment ?? _strict).ExplainAsync(token, _entrance, cancellationToken);
}
