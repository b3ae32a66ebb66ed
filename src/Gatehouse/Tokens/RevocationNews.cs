namespace Gatehouse.Tokens;

/// <summary>What a feed tells: a revocation, that one was withdrawn, or only that it is still there.</summary>
/// <param name="Revocation">What it is about; null for a sign of life.</param>
/// <param name="IsWithdrawn">Whether it no longer holds.</param>
public readonly record struct RevocationNews(Revocation? Revocation, bool IsWithdrawn = false)
{
    /// <summary>Whether the feed only says that it is there.</summary>
    public bool IsHeartbeat => Revocation is null;
}
