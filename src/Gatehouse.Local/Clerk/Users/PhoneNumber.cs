namespace Gatehouse.Local.Clerk.Users;

/// <summary>A user's phone number.</summary>
internal sealed class PhoneNumber
{
    public required string Id { get; init; }

    public required string Number { get; init; }

    public bool Verified { get; set; } = true;

    public bool Reserved { get; set; }

    /// <summary>Whether its owner proved it with a code, rather than an administrator by saying so.</summary>
    public bool VerifiedByCode { get; set; }

    /// <summary>Whether codes sent to it are asked for as a second factor.</summary>
    public bool ReservedForSecondFactor { get; set; }

    public bool DefaultSecondFactor { get; set; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
