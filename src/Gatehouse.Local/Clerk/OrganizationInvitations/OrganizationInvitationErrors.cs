using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.OrganizationInvitations;

/// <summary>Clerk's refusals about invitations into organizations.</summary>
internal static class OrganizationInvitationErrors
{
    public static ClerkError NotUnique { get; } = new(
        400, "organization_invitation_not_unique", "organization invitation not unique",
        "Organizations cannot have duplicate pending invitations for an email address.");

    public static ClerkError NotPending { get; } = new(
        404, "organization_invitation_not_pending", "not pending", "The organization invitation is not in the 'pending' status.");
}
