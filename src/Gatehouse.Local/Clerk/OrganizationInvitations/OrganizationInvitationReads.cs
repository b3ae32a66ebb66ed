using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.Organizations;

namespace Gatehouse.Local.Clerk.OrganizationInvitations;

/// <summary>Listing invitations: of an organization, of a user, of the instance; and reading one.</summary>
internal sealed class OrganizationInvitationReads(ClerkWorld world)
{
    private const string Family = "/organizations/{organization_id}/invitations";
    private const string Newest = "-created_at";

    public void Map(OrganizationRoutes routes) => routes
        .Get(Family, ListOfOrganization)
        .Get($"{Family}/pending", ListPending)
        .Get($"{Family}/{{invitation_id}}", Read)
        .Get("/organization_invitations", ListAll)
        .Get("/users/{user_id}/organization_invitations", ListOfUser);

    private IEnumerable<OrganizationInvitation> All => world.Data.OrganizationInvitations.All;

    private ClerkAnswer ListOfOrganization(ClerkCall call) => InOrganization(call, organization =>
    {
        var email = call.Query.Text("email_address");
        return Page(call, "created_at email_address", All
            .Where(invitation => invitation.OrganizationId == organization.Id)
            .Where(invitation => string.IsNullOrEmpty(email) || invitation.IsFor(email)));
    });

    private ClerkAnswer ListPending(ClerkCall call) => InOrganization(call, organization =>
    {
        var now = world.Clock.NowMilliseconds;
        return Page(call, "created_at", All.Where(
            invitation => invitation.OrganizationId == organization.Id && invitation.IsPending(now)));
    });

    private ClerkAnswer ListAll(ClerkCall call)
    {
        var search = call.Query.Text("query");
        return Page(
            call,
            "created_at email_address",
            All.Where(invitation => string.IsNullOrEmpty(search)
                || invitation.EmailAddress.Contains(search, StringComparison.OrdinalIgnoreCase)),
            withOrganization: true);
    }

    private ClerkAnswer ListOfUser(ClerkCall call) => world.Data.Users.Find(call.Route("user_id")) is { } user
        ? Page(
            call,
            "created_at",
            All.Where(invitation => user.EmailAddresses.Exists(email => invitation.IsFor(email.Address))),
            withOrganization: true)
        : ClerkErrors.NotFound("user", call.Route("user_id"));

    private ClerkAnswer Read(ClerkCall call) => InOrganization(call, organization =>
    {
        var id = call.Route("invitation_id");
        return world.Data.OrganizationInvitations.Find(id) is { } invitation && invitation.OrganizationId == organization.Id
            ? ClerkAnswer.Ok(json => OrganizationInvitationJson.Write(json, invitation, world))
            : ClerkErrors.NotFound("organization invitation", id);
    });

    private ClerkAnswer Page(
        ClerkCall call,
        string orderings,
        IEnumerable<OrganizationInvitation> invitations,
        bool withOrganization = false)
    {
        var statuses = InvitationFilter.ReadStatuses(call.Query);
        var ordering = call.Query.Ordering(Newest, orderings.Split(' '));
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var now = world.Clock.NowMilliseconds;
        var found = invitations.Where(invitation => statuses?.Contains(invitation.StatusAt(now)) != false).ToList();
        return ClerkAnswer.Ok(json => ListJson.WritePage(
            json,
            page.Of(InvitationFilter.Order(found, ordering)),
            found.Count,
            (inner, invitation) => OrganizationInvitationJson.Write(
                inner, invitation, world, withOrganization ? world.Data.Organizations.Find(invitation.OrganizationId) : null)));
    }

    private ClerkAnswer InOrganization(ClerkCall call, Func<Organization, ClerkAnswer> found) =>
        world.Data.Organizations.Find(call.Route("organization_id")) is { } organization
            ? found(organization)
            : ClerkErrors.NotFound("organization", call.Route("organization_id"));
}
