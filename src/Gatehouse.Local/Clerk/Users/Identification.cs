namespace Gatehouse.Local.Clerk.Users;

/// <summary>What somebody is reached and known by: an e-mail address or a phone number. Times are unix milliseconds.</summary>
internal abstract class Identification
{
    public required string Id { get; init; }

    public bool Verified { get; set; } = true;

    public bool Reserved { get; set; }

    /// <summary>Whether its owner proved it with a code, rather than an administrator by saying so.</summary>
    public bool VerifiedByCode { get; set; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
