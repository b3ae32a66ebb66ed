namespace Gatehouse.Tokens;

/// <summary>Verifies tokens that say nothing by themselves, by asking whoever issued them.</summary>
public interface IOpaqueTokenSource
{
    /// <summary>Asks what an opaque token is.</summary>
    /// <param name="token">The token: hostile text with a known prefix. A flood of unknown ones must not become a flood of calls.</param>
    /// <param name="tokenClass">What its prefix says: <see cref="TokenClass.M2M"/>, OAuth or ApiKey.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>The token, or why there is none. Never throws because the issuer is away: it answers <see cref="OpaqueLookup.Unavailable"/>.</returns>
    ValueTask<OpaqueLookup> FindAsync(string token, TokenClass tokenClass, CancellationToken cancellationToken);
}
