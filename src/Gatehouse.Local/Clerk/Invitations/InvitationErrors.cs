using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.Invitations;

/// <summary>Clerk's refusals about invitations to the application.</summary>
internal static class InvitationErrors
{
    public static ClerkError AlreadyAccepted { get; } = new(
        400, "invitation_already_accepted", "Invitation is already accepted.", "Invitation is already accepted. Sign in instead.");

    public static ClerkError AlreadyRevoked { get; } = new(
        400, "invitation_already_revoked", "Invitation is already revoked.", "Invitation is already revoked.");

    public static ClerkError Pending(string emailAddress) => new(
        400, "duplicate_record", "duplicate invitation", $"There are already pending invitations for the following email addresses: {emailAddress}");

    public static ClerkError Registered(string emailAddress) => new(
        400, "duplicate_record", "already exists", $"A user with the email address {emailAddress} already exists.");
}
