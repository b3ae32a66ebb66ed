using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>Tells of changes of organizations and memberships.</summary>
internal static class OrganizationEvents
{
    public static void Raise(ClerkWorld world, string type, Organization organization) => world.Outbox.Raise(type, json =>
        OrganizationJson.Write(
            json,
            organization,
            OrganizationCensus.Members(world.Data, organization),
            OrganizationCensus.PendingInvitations(world, organization)));

    public static void Raise(ClerkWorld world, string type, Membership membership) =>
        world.Outbox.Raise(type, json => OrganizationJson.Write(json, membership, world.Data));
}
