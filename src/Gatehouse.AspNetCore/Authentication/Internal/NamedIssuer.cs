using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>A Clerk instance as an issuer, with the name that it has in this app.</summary>
internal sealed record NamedIssuer(string Name, TokenIssuer Issuer);
