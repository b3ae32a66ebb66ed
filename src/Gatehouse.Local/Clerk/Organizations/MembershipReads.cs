using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>Listing memberships: of a user, of an organization, of the instance.</summary>
internal sealed class MembershipReads(ClerkWorld world)
{
    public void Map(OrganizationRoutes routes) => routes
        .Get("/users/{user_id}/organization_memberships", ListOfUser)
        .Get("/organizations/{organization_id}/memberships", ListOfOrganization)
        .Get("/organization_memberships", ListAll);

    private ClerkAnswer ListOfUser(ClerkCall call) =>
        world.Data.Users.Find(call.Route("user_id")) is { } user
            ? Page(call, [.. world.Data.Organizations.MembershipsOfUser(user.Id)])
            : ClerkErrors.NotFound("user", call.Route("user_id"));

    private ClerkAnswer ListOfOrganization(ClerkCall call)
    {
        if (world.Data.Organizations.Find(call.Route("organization_id")) is not { } organization)
        {
            return ClerkErrors.NotFound("organization", call.Route("organization_id"));
        }

        var roles = call.Query.Texts("role");
        var members = UserFilter.Read(call.Query, world.Data);
        return Page(call, [.. world.Data.Organizations.MembershipsOf(organization.Id)
            .Where(held => roles?.Contains(held.Role.Key, StringComparer.Ordinal) != false)
            .Where(held => members.Allows(world.Data.Users.Find(held.UserId)!))]);
    }

    private ClerkAnswer ListAll(ClerkCall call) => Page(call, [.. world.Data.Organizations.Memberships]);

    private ClerkAnswer Page(ClerkCall call, List<Membership> memberships)
    {
        var ordering = call.Query.Ordering(
            "-created_at", "created_at", "email_address", "phone_number", "first_name", "last_name", "username");
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var ordered = ordering.Field == "created_at"
            ? ordering.Of(memberships, held => held.CreatedAt, held => held.Id)
            : ordering.Of(memberships, held => UserTexts.Lowered(world.Data.Users.Find(held.UserId)!, ordering.Field), held => held.Id);
        return ClerkAnswer.Ok(json => ListJson.WritePage(
            json, page.Of(ordered), memberships.Count, (inner, held) => OrganizationJson.Write(inner, held, world.Data)));
    }
}
