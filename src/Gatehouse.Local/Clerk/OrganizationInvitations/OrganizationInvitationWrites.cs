using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Roles;
using Gatehouse.Local.Clerk.Users;

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
        var wanted = Wanted.Read(call.Form);
        if ((call.Form.Faults() ?? Refusal(organization, [wanted])) is { } refusal)
        {
            return refusal;
        }

        var invitation = Add(call, organization, wanted);
        return ClerkAnswer.Ok(json => OrganizationInvitationJson.Write(json, invitation, world));
    }

    private ClerkAnswer CreateAll(ClerkCall call, Organization organization)
    {
        var wanted = call.Items.Select(Wanted.Read).ToList();
        if ((InvitationTerms.FaultsOf(call.Items) ?? Refusal(organization, wanted)) is { } refusal)
        {
            return refusal;
        }

        var invitations = wanted.ConvertAll(one => Add(call, organization, one));
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

        var now = world.Clock.NowMilliseconds;
        if ((ActorRefusal(organization, requester) ?? (invitation.IsPending(now) ? null : OrganizationInvitationErrors.NotPending)) is { } refusal)
        {
            return refusal;
        }

        invitation.Revoke(now);
        world.Outbox.Raise("organizationInvitation.revoked", json => OrganizationInvitationJson.Write(json, invitation, world));
        return ClerkAnswer.Ok(json => OrganizationInvitationJson.Write(json, invitation, world));
    }

    private ClerkAnswer? Refusal(Organization organization, List<Wanted> wanted)
    {
        var now = world.Clock.NowMilliseconds;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in wanted)
        {
            var email = one.Terms.EmailAddress;
            ClerkError? refusal = world.Data.Roles.FindByKey(one.RoleKey) is null ? RoleErrors.NotFound("role")
                : ActorRefusal(organization, one.InviterId) is { } unfit ? unfit
                : IsMember(organization, email) ? OrganizationErrors.AlreadyMember
                : !seen.Add(email) || IsInvited(organization, email, now) ? OrganizationInvitationErrors.NotUnique
                : null;
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return OrganizationCensus.QuotaRefusal(world, organization, wanted.Count);
    }

    private bool IsMember(Organization organization, string email) =>
        world.Data.Users.Find(IdentifierKind.EmailAddress, email) is { } user
        && world.Data.Organizations.FindMembership(organization.Id, user.Id) is not null;

    private bool IsInvited(Organization organization, string email, long now) => world.Data.OrganizationInvitations.All.Any(
        invitation => invitation.OrganizationId == organization.Id && invitation.IsFor(email) && invitation.IsPending(now));

    // Whoever is named as inviting or revoking must be able to.
    private ClerkError? ActorRefusal(Organization organization, string? userId)
    {
        if (userId is null)
        {
            return null;
        }

        if (world.Data.Organizations.FindMembership(organization.Id, userId) is not { } membership)
        {
            return OrganizationErrors.NotMember;
        }

        return membership.Role.Permissions.Contains(SystemPermissions.ManageMemberships, StringComparer.Ordinal)
            ? null
            : OrganizationErrors.MissingPermission;
    }

    private OrganizationInvitation Add(ClerkCall call, Organization organization, Wanted wanted)
    {
        var now = world.Clock.NowMilliseconds;
        var ticket = world.Ids.NextHex("tkt_", bytes: 24);
        var invitation = new OrganizationInvitation
        {
            Id = world.Ids.Next("orginv_"),
            OrganizationId = organization.Id,
            EmailAddress = wanted.Terms.EmailAddress,
            RoleKey = wanted.RoleKey,
            InviterId = wanted.InviterId,
            PublicMetadata = wanted.PublicMetadata,
            PrivateMetadata = wanted.PrivateMetadata,
            RedirectUrl = wanted.Terms.RedirectUrl,
            Ticket = ticket,
            Url = TicketUrl.Of(call, ticket),
            ExpiresAt = now + (wanted.Terms.Days * EmailInvitation.Day),
            CreatedAt = now,
            UpdatedAt = now,
        };
        world.Data.OrganizationInvitations.Add(invitation);
        world.Outbox.Raise("organizationInvitation.created", json => OrganizationInvitationJson.Write(json, invitation, world));
        return invitation;
    }

    private ClerkAnswer InOrganization(ClerkCall call, Func<Organization, ClerkAnswer> found) =>
        world.Data.Organizations.Find(call.Route("organization_id")) is { } organization
            ? found(organization)
            : ClerkErrors.NotFound("organization", call.Route("organization_id"));

    private sealed record Wanted(
        InvitationTerms Terms,
        string RoleKey,
        string? InviterId,
        JsonObject PublicMetadata,
        JsonObject PrivateMetadata)
    {
        public static Wanted Read(FormReader form) => new(
            InvitationTerms.Read(form),
            form.RequiredText("role"),
            form.Text("inviter_user_id"),
            UserForm.ReadMetadata(form, "public_metadata") ?? [],
            UserForm.ReadMetadata(form, "private_metadata") ?? []);
    }
}
