namespace Gatehouse.Tokens;

/// <summary>A Clerk instance whose tokens are taken, with its own keys.</summary>
/// <param name="Name">
/// The issuer exactly as tokens name it in <c>iss</c>: <c>https://</c> and the Frontend API's host. Compared to the letter, never by a part.
/// </param>
/// <param name="Keys">That instance's keys, and nobody else's.</param>
/// <param name="AdmitPublishedKeys">
/// Whether the published signing key of the local services is taken. Default no: with it, anybody could sign. For development and tests.
/// </param>
public sealed record TokenIssuer(string Name, IKeySetSource Keys, bool AdmitPublishedKeys = false);
