namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>The code by which somebody is about to prove an e-mail address of their own.</summary>
internal sealed class EmailProof
{
    public required string EmailAddressId { get; init; }

    public required Verification Verification { get; init; }
}
