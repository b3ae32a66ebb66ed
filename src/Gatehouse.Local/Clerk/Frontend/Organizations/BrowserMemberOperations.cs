using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Roles;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Organizations;

/// <summary>Who belongs to an organization: seen by those who may read members, changed by those who may manage them.</summary>
internal sealed class BrowserMemberOperations(ClerkWorld world, OrganizationAccess access)
{
    private const string Family = "/organizations/{organization_id}/memberships";
    private const string One = Family + "/{user_id}";

    public void Map(FrontendRoutes routes) => routes
        .Get(Family, call => access.With(call, SystemPermissions.ReadMemberships, (organization, _) => List(call, organization)))
        .Post(Family, call => access.With(call, SystemPermissions.ManageMemberships, (organization, _) => Add(call, organization)))
        .Patch(One, call => Find(call, (organization, membership) => Update(call, organization, membership)))
        .Delete(One, call => Find(call, Remove));

    private FrontendAnswer List(FrontendCall call, Organization organization)
    {
        var (roles, members) = (call.Query.Texts("role"), UserFilter.Read(call.Query, world.Data));
        return MembershipPage.Of(call, world, [.. world.Data.Organizations.MembershipsOf(organization.Id)
            .Where(held => roles?.Contains(held.Role.Key, StringComparer.Ordinal) != false)
            .Where(held => members.Allows(world.Data.Users.Find(held.UserId)!))]);
    }

    private FrontendAnswer Add(FrontendCall call, Organization organization)
    {
        var (userId, roleKey) = (call.Form.RequiredText("user_id"), call.Form.RequiredText("role"));
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (world.Data.Users.Find(userId) is not { } user)
        {
            return ClerkErrors.NotFound("user", userId);
        }

        if (world.Data.Roles.FindByKey(roleKey) is not { } role)
        {
            return RoleErrors.NotFound("role");
        }

        if (world.Data.Organizations.FindMembership(organization.Id, user.Id) is not null)
        {
            return OrganizationErrors.AlreadyMember;
        }

        return OrganizationCensus.QuotaRefusal(world, organization, newcomers: 1) is { } refusal
            ? refusal
            : Tell(MembershipChanges.Add(world, organization, user, role));
    }

    private FrontendAnswer Update(FrontendCall call, Organization organization, Membership membership)
    {
        var roleKey = call.Form.RequiredText("role");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (world.Data.Roles.FindByKey(roleKey) is not { } role)
        {
            return RoleErrors.NotFound("role");
        }

        if (OrganizationCensus.IsLastGovernor(world.Data, organization, membership) && !SystemPermissions.AreMinimal(role.Permissions))
        {
            return OrganizationErrors.MinimumPermissionsNeeded;
        }

        membership.Role = role;
        MembershipChanges.Done(world, membership);
        return Tell(membership);
    }

    private FrontendAnswer Remove(Organization organization, Membership membership)
    {
        if (OrganizationCensus.IsLastGovernor(world.Data, organization, membership))
        {
            return OrganizationErrors.MinimumPermissionsNeeded;
        }

        MembershipChanges.Remove(world, membership);
        return Tell(membership);
    }

    private FrontendAnswer Find(FrontendCall call, Func<Organization, Membership, FrontendAnswer> found) =>
        access.With(call, SystemPermissions.ManageMemberships, (organization, _) =>
            world.Data.Organizations.FindMembership(organization.Id, call.Route("user_id")) is { } membership
                ? found(organization, membership)
                : ClerkErrors.NotFound("organization membership of user", call.Route("user_id")));

    private FrontendAnswer Tell(Membership membership) => FrontendAnswer.Ok(json => BrowserView.Write(json, membership, world.Data));
}
