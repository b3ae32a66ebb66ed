using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Roles;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.OrganizationInvitations;

/// <summary>What follows when an invited person says yes.</summary>
internal static class OrganizationInvitationAcceptance
{
    /// <summary>Makes the user a member with the invitation's role and metadata.</summary>
    public static (Membership? Membership, ClerkError? Refusal) Accept(ClerkWorld world, OrganizationInvitation invitation, User user)
    {
        var now = world.Clock.NowMilliseconds;
        if (!invitation.IsPending(now))
        {
            return (null, OrganizationInvitationErrors.NotPending);
        }

        if (world.Data.Organizations.FindMembership(invitation.OrganizationId, user.Id) is not null)
        {
            return (null, OrganizationErrors.AlreadyMember);
        }

        if (world.Data.Organizations.Find(invitation.OrganizationId) is not { } organization)
        {
            return (null, ClerkErrors.NotFound("organization", invitation.OrganizationId));
        }

        if (world.Data.Roles.FindByKey(invitation.RoleKey) is not { } role)
        {
            return (null, RoleErrors.NotFound("role"));
        }

        invitation.Accept(now);
        world.Outbox.Raise(
            "organizationInvitation.accepted", json => OrganizationInvitationJson.Write(json, invitation, world, acceptedBy: user.Id));
        return (MembershipChanges.Add(
            world, organization, user, role, invitation.PublicMetadata.DeepClone().AsObject(), invitation.PrivateMetadata.DeepClone().AsObject()), null);
    }
}
