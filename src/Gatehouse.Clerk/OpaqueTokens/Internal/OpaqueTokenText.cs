using System.Buffers;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>What can be a token at all: the characters of a bearer credential (RFC 6750, section 2.1), and not too many.</summary>
internal static class OpaqueTokenText
{
    /// <summary>Many times the length of any that Clerk makes.</summary>
    public const int MaximumLength = 1024;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    public static bool IsPossible(ReadOnlySpan<char> token) => token.Length is > 0 and <= MaximumLength && !token.ContainsAnyExcept(Alphabet);
}
