using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Images;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>Takes an organization away with all that is in it, told from the leaves to the root.</summary>
internal static class OrganizationRemoval
{
    public static void Remove(ClerkWorld world, Organization organization)
    {
        foreach (var membership in world.Data.Organizations.MembershipsOf(organization.Id).ToList())
        {
            MembershipChanges.Remove(world, membership);
        }

        ImageUploads.Remove(world, organization);
        world.Data.OrganizationInvitations.RemoveWhere(invitation => invitation.OrganizationId == organization.Id);
        world.Data.Organizations.Remove(organization);
        world.Outbox.Raise(
            "organization.deleted", json => ListJson.WriteDeleted(json, "organization", organization.Id, organization.Slug));
    }
}
