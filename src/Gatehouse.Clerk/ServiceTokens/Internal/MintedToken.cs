namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>A class and no record: its text must not show the token.</summary>
internal sealed class MintedToken(string value, TimeSpan lifetime)
{
    public string Value { get; } = value;

    public TimeSpan Lifetime { get; } = lifetime;
}
