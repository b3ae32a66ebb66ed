namespace Gatehouse.Local.Clerk.Users;

/// <summary>A user's e-mail address.</summary>
internal sealed class EmailAddress
{
    public required string Id { get; init; }

    public required string Address { get; init; }

    public bool Verified { get; set; } = true;

    public bool Reserved { get; set; }

    /// <summary>Whether its owner proved it with a code, rather than an administrator by saying so.</summary>
    public bool VerifiedByCode { get; set; }

    /// <summary>Whether the owner's proof was a link that was sent there, rather than a code.</summary>
    public bool VerifiedByLink { get; set; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
