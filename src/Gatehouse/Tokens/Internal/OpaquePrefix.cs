namespace Gatehouse.Tokens.Internal;

/// <summary>Tokens that say nothing by themselves; their prefix tells the class.</summary>
internal static class OpaquePrefix
{
    /// <returns>The class, or <see cref="TokenClass.None"/> for a text that is not opaque.</returns>
    public static TokenClass ClassOf(ReadOnlySpan<char> token)
    {
        if (token.StartsWith("mt_", StringComparison.Ordinal))
        {
            return TokenClass.M2M;
        }

        if (token.StartsWith("oat_", StringComparison.Ordinal))
        {
            return TokenClass.OAuth;
        }

        return token.StartsWith("ak_", StringComparison.Ordinal) ? TokenClass.ApiKey : TokenClass.None;
    }
}
