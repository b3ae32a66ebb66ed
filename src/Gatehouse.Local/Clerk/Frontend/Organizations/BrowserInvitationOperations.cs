using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.OrganizationInvitations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Roles;

namespace Gatehouse.Local.Clerk.Frontend.Organizations;

/// <summary>Inviting people into an organization, for members who may manage members.</summary>
internal sealed class BrowserInvitationOperations(ClerkWorld world, OrganizationAccess access)
{
    private const string Family = "/organizations/{organization_id}/invitations";

    public void Map(FrontendRoutes routes) => routes
        .Get(Family, call => With(call, (organization, _) => List(call, organization)))
        .Get($"{Family}/pending", call => With(call, (organization, _) => ListPending(organization)))
        .Post(Family, call => With(call, (organization, held) => Invite(call, organization, held)))
        .Post($"{Family}/bulk", call => With(call, (organization, held) => InviteAll(call, organization, held)))
        .Post($"{Family}/{{invitation_id}}/revoke", call => With(call, (organization, held) => Revoke(call, organization, held)));

    private FrontendAnswer List(FrontendCall call, Organization organization)
    {
        var (statuses, page) = (InvitationFilter.ReadStatuses(call.Query), call.Query.Page());
        if (call.Query.Faults() is { } faults)
        {
            return FrontendAnswer.Refused(faults.Errors);
        }

        var now = world.Clock.NowMilliseconds;
        var found = Of(organization).Where(invitation => statuses?.Contains(invitation.StatusAt(now)) != false).ToList();
        return FrontendAnswer.Ok(json => ListJson.WritePage(json, page.Of(found), found.Count, Write));
    }

    private FrontendAnswer ListPending(Organization organization)
    {
        var now = world.Clock.NowMilliseconds;
        var found = Of(organization).Where(invitation => invitation.IsPending(now)).ToList();
        return FrontendAnswer.Ok(json => ListJson.WriteArray(json, found, Write));
    }

    private FrontendAnswer Invite(FrontendCall call, Organization organization, Membership held)
    {
        var (email, roleKey) = (call.Form.RequiredText("email_address"), call.Form.RequiredText("role"));
        CheckAddresses(call.Form, email.Length == 0 ? [] : [email]);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var wanted = Wanted(email, roleKey, held);
        if (OrganizationInvitationChanges.Refusal(world, organization, [wanted]) is { } refusal)
        {
            return refusal;
        }

        var invitation = OrganizationInvitationChanges.Add(world, call.Self, organization, wanted);
        return FrontendAnswer.Ok(json => Write(json, invitation));
    }

    private FrontendAnswer InviteAll(FrontendCall call, Organization organization, Membership held)
    {
        call.Form.RequiredText("email_address");
        var (emails, roleKey) = (call.Form.Texts("email_address"), call.Form.RequiredText("role"));
        CheckAddresses(call.Form, emails);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (emails.Count > InvitationTerms.MostAtOnce)
        {
            return InvitationTerms.TooManyAtOnce;
        }

        var wanted = emails.Select(email => Wanted(email, roleKey, held)).ToList();
        if (OrganizationInvitationChanges.Refusal(world, organization, wanted) is { } refusal)
        {
            return refusal;
        }

        var invitations = wanted.ConvertAll(one => OrganizationInvitationChanges.Add(world, call.Self, organization, one));
        return FrontendAnswer.Ok(json => ListJson.WriteArray(json, invitations, Write));
    }

    private FrontendAnswer Revoke(FrontendCall call, Organization organization, Membership held)
    {
        var id = call.Route("invitation_id");
        if (world.Data.OrganizationInvitations.Find(id) is not { } invitation || invitation.OrganizationId != organization.Id)
        {
            return ClerkErrors.NotFound("organization invitation", id);
        }

        return OrganizationInvitationChanges.Revoke(world, organization, invitation, held.UserId) is { } refusal
            ? refusal
            : FrontendAnswer.Ok(json => Write(json, invitation));
    }

    private static void CheckAddresses(FrontendForm form, IReadOnlyList<string> emails)
    {
        if (emails.Any(email => !Users.IdentifierCheck.IsEmailAddress(email)))
        {
            form.Refuse(ParameterErrors.FormatInvalid("email_address", "a valid email address"));
        }
    }

    private static WantedInvitation Wanted(string email, string roleKey, Membership inviter) => new(
        new InvitationTerms(email, RedirectUrl: null, EmailInvitation.DefaultDays), roleKey, inviter.UserId, [], []);

    private IEnumerable<OrganizationInvitation> Of(Organization organization) => world.Data.OrganizationInvitations.All
        .Where(invitation => invitation.OrganizationId == organization.Id)
        .OrderByDescending(invitation => invitation.CreatedAt);

    private FrontendAnswer With(FrontendCall call, Func<Organization, Membership, FrontendAnswer> handle) =>
        access.With(call, SystemPermissions.ManageMemberships, handle);

    private void Write(Utf8JsonWriter json, OrganizationInvitation invitation) => BrowserView.Write(json, invitation, world);
}
