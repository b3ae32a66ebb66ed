using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.Organizations;

namespace Gatehouse.Local.Clerk.OrganizationInvitations;

/// <summary>Creating and revoking invitations into organizations.</summary>
internal sealed class OrganizationInvitationWrites(ClerkWorld world)
{
    private const string Family = "/organizations/{organization_id}/invitations";

    public void Map(OrganizationRoutes routes) => routes
        .Post(Family, call => InOrganization(call, found => Create(call, found)))
        .Map("POST", $"{Family}/bulk", new ClerkOperation(call => InOrganization(call, found => CreateAll(call, found))) { TakesList = true })
        .Post($"{Family}/{{invitation_id}}/revoke", call => InOrganization(call, found => Revoke(call, found)));

    private ClerkAnswer Create(ClerkCall call, Organization organization)
    {
        var wanted = WantedInvitation.Read(call.Form);
        if ((call.Form.Faults() ?? OrganizationInvitationChanges.Refusal(world, organization, [wanted])) is { } refusal)
        {
            return refusal;
        }

        var invitation = OrganizationInvitationChanges.Add(world, call.Address, organization, wanted);
        return ClerkAnswer.Ok(json => OrganizationInvitationJson.Write(json, invitation, world));
    }

    private ClerkAnswer CreateAll(ClerkCall call, Organization organization)
    {
        var wanted = call.Items.Select(WantedInvitation.Read).ToList();
        if ((InvitationTerms.FaultsOf(call.Items) ?? OrganizationInvitationChanges.Refusal(world, organization, wanted)) is { } refusal)
        {
            return refusal;
        }

        var invitations = wanted.ConvertAll(one => OrganizationInvitationChanges.Add(world, call.Address, organization, one));
        return ClerkAnswer.Ok(json => ListJson.WritePage(
            json, invitations, invitations.Count, (inner, one) => OrganizationInvitationJson.Write(inner, one, world)));
    }

    private ClerkAnswer Revoke(ClerkCall call, Organization organization)
    {
        var requester = call.Form.Text("requesting_user_id");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var id = call.Route("invitation_id");
        if (world.Data.OrganizationInvitations.Find(id) is not { } invitation || invitation.OrganizationId != organization.Id)
        {
            return ClerkErrors.NotFound("organization invitation", id);
        }

        if (OrganizationInvitationChanges.Revoke(world, organization, invitation, requester) is { } refusal)
        {
            return refusal;
        }

        return ClerkAnswer.Ok(json => OrganizationInvitationJson.Write(json, invitation, world));
    }

    private ClerkAnswer InOrganization(ClerkCall call, Func<Organization, ClerkAnswer> found) =>
        world.Data.Organizations.Find(call.Route("organization_id")) is { } organization
            ? found(organization)
            : ClerkErrors.NotFound("organization", call.Route("organization_id"));
}
