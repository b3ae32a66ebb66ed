namespace Gatehouse.Tokens;

/// <summary>placeholder</summary>
public sealed class TokenVerifier
{
    /// <summary>The longest token that is looked at, in characters.</summary>
    public const int MaximumTokenLength = 16 * 1024;
}
