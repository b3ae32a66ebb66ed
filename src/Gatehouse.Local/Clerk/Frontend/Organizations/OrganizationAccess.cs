using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Organizations;

namespace Gatehouse.Local.Clerk.Frontend.Organizations;

/// <summary>Lets an operation on an organization be taken by its members only, and where a permission is named, by those who hold it.</summary>
internal sealed class OrganizationAccess(ClerkWorld world)
{
    public FrontendAnswer With(FrontendCall call, Func<Organization, Membership, FrontendAnswer> handle) => call.WithUser((_, user) =>
    {
        if (!world.Data.Settings.Organizations.Enabled)
        {
            return OrganizationErrors.NotEnabled;
        }

        var id = call.Route("organization_id");
        return world.Data.Organizations.Find(id) is { } organization
            && world.Data.Organizations.FindMembership(organization.Id, user.Id) is { } held
                ? handle(organization, held)
                : ClerkErrors.NotFound("organization of this user", id);
    });

    public FrontendAnswer With(FrontendCall call, string permission, Func<Organization, Membership, FrontendAnswer> handle) =>
        With(call, (organization, held) => held.Role.Permissions.Contains(permission, StringComparer.Ordinal)
            ? handle(organization, held)
            : OrganizationErrors.MissingPermission);
}
