using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.OrganizationInvitations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Organizations;

/// <summary>A user's own place in organizations: where one belongs, where one is invited to, and leaving.</summary>
internal sealed class OwnOrganizationOperations(ClerkWorld world)
{
    private const string Memberships = "/me/organization_memberships";
    private const string Invitations = "/me/organization_invitations";

    public void Map(FrontendRoutes routes) => routes
        .Get(Memberships, call => call.WithUser((_, user) =>
            MembershipPage.Of(call, world, world.Data.Organizations.MembershipsOfUser(user.Id))))
        .Delete($"{Memberships}/{{organization_id}}", call => call.WithUser((_, user) => Leave(call, user)))
        .Get(Invitations, call => call.WithUser((_, user) => ListInvitations(call, user)))
        .Post($"{Invitations}/{{invitation_id}}/accept", call => call.WithUser((_, user) => Accept(call, user)))
        .Get("/me/organization_suggestions", call => call.WithUser((_, _) => EmptyPage.Answer));

    private FrontendAnswer Leave(FrontendCall call, User user)
    {
        var (store, id) = (world.Data.Organizations, call.Route("organization_id"));
        if (store.Find(id) is not { } organization || store.FindMembership(organization.Id, user.Id) is not { } held)
        {
            return ClerkErrors.NotFound("organization of this user", id);
        }

        if (OrganizationCensus.IsLastGovernor(world.Data, organization, held))
        {
            return OrganizationErrors.MinimumPermissionsNeeded;
        }

        if (world.ForceOrganizationSelection && store.MembershipsOfUser(user.Id).Count == 1)
        {
            return OrganizationErrors.PersonalAccountsNotAllowed;
        }

        MembershipChanges.Remove(world, held);
        return FrontendAnswer.Ok(json => DeletedJson.Write(json, "organization_membership", held.Id));
    }

    private FrontendAnswer ListInvitations(FrontendCall call, User user)
    {
        var (statuses, page) = (InvitationFilter.ReadStatuses(call.Query), call.Query.Page());
        if (call.Query.Faults() is { } faults)
        {
            return FrontendAnswer.Refused(faults.Errors);
        }

        var now = world.Clock.NowMilliseconds;
        var found = world.Data.OrganizationInvitations.All
            .Where(invitation => IsFor(invitation, user) && statuses?.Contains(invitation.StatusAt(now)) != false)
            .OrderByDescending(invitation => invitation.CreatedAt)
            .ToList();
        return FrontendAnswer.Ok(json => ListJson.WritePage(
            json, page.Of(found), found.Count, (inner, invitation) => BrowserView.Write(inner, invitation, world)));
    }

    private FrontendAnswer Accept(FrontendCall call, User user)
    {
        var id = call.Route("invitation_id");
        if (world.Data.OrganizationInvitations.Find(id) is not { } invitation || !IsFor(invitation, user))
        {
            return ClerkErrors.NotFound("organization invitation", id);
        }

        var (membership, refusal) = OrganizationInvitationAcceptance.Accept(world, invitation, user);
        return membership is null ? refusal! : FrontendAnswer.Ok(json => BrowserView.Write(json, invitation, world));
    }

    private static bool IsFor(OrganizationInvitation invitation, User user) =>
        user.EmailAddresses.Exists(email => email.Verified && invitation.IsFor(email.Address));
}
