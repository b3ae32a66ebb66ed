namespace Gatehouse.Local.Clerk.Users;

/// <summary>A user's e-mail address.</summary>
internal sealed class EmailAddress : Identification
{
    public required string Address { get; init; }

    /// <summary>Whether the owner's proof was a link that was sent there, rather than a code.</summary>
    public bool VerifiedByLink { get; set; }
}
