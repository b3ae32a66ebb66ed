namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>The code or link by which somebody is about to prove an e-mail address or a phone number of their own.</summary>
internal sealed class IdentificationProof
{
    public required string IdentificationId { get; init; }

    public required Verification Verification { get; init; }
}
