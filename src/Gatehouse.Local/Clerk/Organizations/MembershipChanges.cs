using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>Letting people into organizations and out of them, for every operation that does so.</summary>
internal static class MembershipChanges
{
    public static Membership Add(
        ClerkWorld world,
        Organization organization,
        User user,
        OrganizationRole role,
        JsonObject? publicMetadata = null,
        JsonObject? privateMetadata = null)
    {
        var now = world.Clock.NowMilliseconds;
        var membership = new Membership
        {
            Id = world.Ids.Next("orgmem_"),
            OrganizationId = organization.Id,
            UserId = user.Id,
            Role = role,
            PublicMetadata = publicMetadata ?? [],
            PrivateMetadata = privateMetadata ?? [],
            CreatedAt = now,
            UpdatedAt = now,
        };
        world.Data.Organizations.Add(membership);
        OrganizationEvents.Raise(world, "organizationMembership.created", membership);
        return membership;
    }

    /// <summary>Ends a change of a membership: notes the time, and tells of it.</summary>
    public static void Done(ClerkWorld world, Membership membership)
    {
        membership.UpdatedAt = world.Clock.NowMilliseconds;
        OrganizationEvents.Raise(world, "organizationMembership.updated", membership);
    }

    public static void Remove(ClerkWorld world, Membership membership)
    {
        membership.UpdatedAt = world.Clock.NowMilliseconds;
        world.Data.Organizations.Remove(membership);
        OrganizationEvents.Raise(world, "organizationMembership.deleted", membership);
    }
}
