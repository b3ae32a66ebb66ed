using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Sessions;

/// <summary>
/// The refresh tokens of one session, and the expired session tokens that were already traded for new ones. A refresh token lives as long
/// as its session; an expired session token is taken once.
/// </summary>
internal sealed class RefreshTokens
{
    public HashSet<string> Issued { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The ids of session tokens that were traded.</summary>
    public HashSet<string> Consumed { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Hands out a new refresh token, which a handshake puts into the browser's cookie <c>__refresh_…</c>.</summary>
    public string Issue(IdGenerator ids)
    {
        var text = ids.NextHex("rt_", bytes: 24);
        Issued.Add(text);
        return text;
    }

    public bool Hold(string text) => Issued.Contains(text);

    /// <summary>Takes an expired session token in, once: false when it has been taken before.</summary>
    public bool TryConsume(string tokenId) => Consumed.Add(tokenId);
}
