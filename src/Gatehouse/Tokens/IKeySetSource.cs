namespace Gatehouse.Tokens;

/// <summary>Where an issuer's public keys come from: a PEM file, a JWKS document, Clerk.</summary>
/// <remarks>
/// A source belongs to one issuer. What a token says (its <c>kid</c>) only looks up inside that issuer's own keys, so that a token of one
/// Clerk instance can never be verified by the key of another.
/// </remarks>
public interface IKeySetSource
{
    /// <summary>Finds the key of this id.</summary>
    /// <param name="keyId">The token's <c>kid</c>: hostile text. An unknown one must not cost more than one fetch per cooldown.</param>
    /// <param name="cancellationToken">Ends the wait of this caller; a fetch that others wait for goes on.</param>
    /// <returns>
    /// The key, or why there is none. A source never throws because its keys are away: it answers <see cref="TokenFailure.KeysUnavailable"/>.
    /// </returns>
    ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken);
}
