using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Roles;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>Counts about an organization, and the rules that rest on them.</summary>
internal static class OrganizationCensus
{
    public static int Members(ClerkData data, Organization organization) => data.Organizations.MembershipsOf(organization.Id).Count;

    public static int PendingInvitations(ClerkWorld world, Organization organization)
    {
        var now = world.Clock.NowMilliseconds;
        return world.Data.OrganizationInvitations.All.Count(
            invitation => invitation.OrganizationId == organization.Id && invitation.IsPending(now));
    }

    /// <summary>Whether no member has all permissions that an organization needs somebody to have.</summary>
    public static bool LacksGovernor(ClerkData data, Organization organization, Membership? without = null) =>
        !data.Organizations.MembershipsOf(organization.Id).Any(held => held != without && SystemPermissions.AreMinimal(held.Role.Permissions));

    /// <summary>Whether nobody would be left to govern the organization without this member, or with less rights of this member.</summary>
    public static bool IsLastGovernor(ClerkData data, Organization organization, Membership membership) =>
        SystemPermissions.AreMinimal(membership.Role.Permissions) && LacksGovernor(data, organization, without: membership);

    /// <summary>The refusal to let in more people than the organization may have, invited ones included; null when there is room.</summary>
    public static ClerkError? QuotaRefusal(ClerkWorld world, Organization organization, int newcomers)
    {
        var most = organization.MaximumMemberships;
        return most > 0 && Members(world.Data, organization) + PendingInvitations(world, organization) + newcomers > most
            ? OrganizationErrors.MembershipQuota(most)
            : null;
    }
}
