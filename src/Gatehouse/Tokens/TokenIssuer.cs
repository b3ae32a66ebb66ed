namespace Gatehouse.Tokens;

/// <summary>A Clerk instance, or another issuer, whose tokens are taken, with its own keys.</summary>
/// <param name="Name">
/// The issuer exactly as tokens name it in <c>iss</c>: <c>https://</c> and the Frontend API's host. Compared to the letter, never by a part.
/// </param>
/// <param name="Keys">That instance's keys, and nobody else's.</param>
/// <param name="AdmitPublishedKeys">
/// Whether the published signing key of the local services is taken. Default no: with it, anybody could sign. For development and tests.
/// </param>
public sealed record TokenIssuer(string Name, IKeySetSource Keys, bool AdmitPublishedKeys = false)
{
    /// <summary>Whose opaque tokens are asked for there. Default nobody's: an opaque token is then refused with <c>needs-clerk</c>.</summary>
    public IOpaqueTokenSource? OpaqueTokens { get; init; }

    /// <summary>
    /// Whether this is a plain OpenID Connect issuer and no Clerk instance. Its tokens are of the class <see cref="TokenClass.OAuth"/>, its
    /// subjects any text, RS256 and ES256 are taken, and an entrance takes them only for an audience that it names.
    /// </summary>
    public bool IsOpenIdConnect { get; init; }
}
