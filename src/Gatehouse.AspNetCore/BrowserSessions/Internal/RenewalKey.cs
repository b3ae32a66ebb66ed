namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>Both secrets together: whoever holds an expired token alone gets nothing, not even what was just renewed for its owner.</summary>
internal readonly record struct RenewalKey(string ExpiredToken, string RefreshToken)
{
    public override string ToString() => "***";
}
