using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Roles;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>Creating, updating and deleting memberships, and merging their metadata.</summary>
internal sealed class MembershipWrites(ClerkWorld world)
{
    private const string One = "/organizations/{organization_id}/memberships/{user_id}";

    public void Map(OrganizationRoutes routes) => routes
        .Post("/organizations/{organization_id}/memberships", Create)
        .Map("PATCH", One, Limited(Update))
        .Map("PATCH", $"{One}/metadata", Limited(MergeMetadata))
        .Delete(One, call => Find(call, Delete));

    private ClerkAnswer Create(ClerkCall call)
    {
        if (world.Data.Organizations.Find(call.Route("organization_id")) is not { } organization)
        {
            return ClerkErrors.NotFound("organization", call.Route("organization_id"));
        }

        var userId = call.Form.RequiredText("user_id");
        var roleKey = call.Form.RequiredText("role");
        var publicly = UserForm.ReadMetadata(call.Form, "public_metadata");
        var privately = UserForm.ReadMetadata(call.Form, "private_metadata");
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

        if (world.Data.Organizations.FindMembership(organization.Id, userId) is not null)
        {
            return OrganizationErrors.AlreadyMember;
        }

        if (OrganizationCensus.QuotaRefusal(world, organization, newcomers: 1) is { } refusal)
        {
            return refusal;
        }

        return Tell(MembershipChanges.Add(world, organization, user, role, publicly, privately));
    }

    private ClerkAnswer Update(ClerkCall call, Organization organization, Membership membership)
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
        return Changed(membership);
    }

    private ClerkAnswer MergeMetadata(ClerkCall call, Organization organization, Membership membership)
    {
        var publicly = MetadataForm.Merge(call.Form, "public_metadata", membership.PublicMetadata);
        var privately = MetadataForm.Merge(call.Form, "private_metadata", membership.PrivateMetadata);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        (membership.PublicMetadata, membership.PrivateMetadata) = (publicly, privately);
        return Changed(membership);
    }

    private ClerkAnswer Delete(ClerkCall call, Organization organization, Membership membership)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (OrganizationCensus.IsLastGovernor(world.Data, organization, membership))
        {
            return OrganizationErrors.MinimumPermissionsNeeded;
        }

        MembershipChanges.Remove(world, membership);
        return Tell(membership);
    }

    private ClerkOperation Limited(Func<ClerkCall, Organization, Membership, ClerkAnswer> handle) =>
        new(call => Find(call, handle)) { LimitedByResource = true };

    private ClerkAnswer Find(ClerkCall call, Func<ClerkCall, Organization, Membership, ClerkAnswer> found)
    {
        if (world.Data.Organizations.Find(call.Route("organization_id")) is not { } organization)
        {
            return ClerkErrors.NotFound("organization", call.Route("organization_id"));
        }

        return world.Data.Organizations.FindMembership(organization.Id, call.Route("user_id")) is { } membership
            ? found(call, organization, membership)
            : ClerkErrors.NotFound("organization membership of user", call.Route("user_id"));
    }

    private ClerkAnswer Changed(Membership membership)
    {
        MembershipChanges.Done(world, membership);
        return Tell(membership);
    }

    private ClerkAnswer Tell(Membership membership) => ClerkAnswer.Ok(json => OrganizationJson.Write(json, membership, world.Data));
}
