namespace Gatehouse.Local.Clerk.Users;

/// <summary>A user's wallet. Only administrators add them here, who answer for them: it is verified from the beginning.</summary>
internal sealed class Web3Wallet
{
    public required string Id { get; init; }

    public required string Address { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
