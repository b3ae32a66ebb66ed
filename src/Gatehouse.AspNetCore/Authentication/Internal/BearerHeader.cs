using Microsoft.Extensions.Primitives;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>Reads the token from the <c>Authorization</c> header (RFC 6750, section 2.1), and from nowhere else.</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer ";

    /// <returns>False for two headers, another scheme, none, or a token with blanks: a request that is put wrongly.</returns>
    /// <param name="header">The header's values.</param>
    /// <param name="token">The token; empty when there is no header at all.</param>
    public static bool TryRead(StringValues header, out ReadOnlySpan<char> token)
    {
        token = default;
        if (header.Count == 0)
        {
            return true;
        }

        if (header is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        token = value.AsSpan(Scheme.Length);
        return token.Length > 0 && !token.ContainsAny(' ', ',');
    }
}
