namespace Gatehouse.Local.Clerk.Users;

/// <summary>A user's phone number.</summary>
internal sealed class PhoneNumber
{
    public required string Id { get; init; }

    public required string Number { get; init; }

    public bool Verified { get; set; } = true;

    public bool Reserved { get; set; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
