using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Roles;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.OrganizationInvitations;

/// <summary>Inviting into organizations and taking it back, by an administrator of the instance or by a member.</summary>
internal static class OrganizationInvitationChanges
{
    /// <summary>Why these people cannot be invited together; null when they can.</summary>
    public static ClerkError? Refusal(ClerkWorld world, Organization organization, IReadOnlyList<WantedInvitation> wanted)
    {
        var now = world.Clock.NowMilliseconds;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in wanted)
        {
            var email = one.Terms.EmailAddress;
            var refusal = world.Data.Roles.FindByKey(one.RoleKey) is null ? RoleErrors.NotFound("role")
                : ActorRefusal(world, organization, one.InviterId) is { } unfit ? unfit
                : IsMember(world, organization, email) ? OrganizationErrors.AlreadyMember
                : !seen.Add(email) || IsInvited(world, organization, email, now) ? OrganizationInvitationErrors.NotUnique
                : null;
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return OrganizationCensus.QuotaRefusal(world, organization, wanted.Count);
    }

    /// <summary>Invites somebody.</summary>
    /// <param name="world">The instance.</param>
    /// <param name="self">This server's own address, which the invitation's link begins with.</param>
    /// <param name="organization">Into which organization.</param>
    /// <param name="wanted">Who, by whom, as what.</param>
    public static OrganizationInvitation Add(ClerkWorld world, string self, Organization organization, WantedInvitation wanted)
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
            Url = TicketUrl.Of(self, ticket),
            ExpiresAt = now + (wanted.Terms.Days * EmailInvitation.Day),
            CreatedAt = now,
            UpdatedAt = now,
        };
        world.Data.OrganizationInvitations.Add(invitation);
        world.Outbox.Raise("organizationInvitation.created", json => OrganizationInvitationJson.Write(json, invitation, world));
        return invitation;
    }

    /// <summary>Takes an invitation back. Not null when that was refused.</summary>
    public static ClerkError? Revoke(ClerkWorld world, Organization organization, OrganizationInvitation invitation, string? requesterId)
    {
        var now = world.Clock.NowMilliseconds;
        if ((ActorRefusal(world, organization, requesterId)
            ?? (invitation.IsPending(now) ? null : OrganizationInvitationErrors.NotPending)) is { } refusal)
        {
            return refusal;
        }

        invitation.Revoke(now);
        world.Outbox.Raise("organizationInvitation.revoked", json => OrganizationInvitationJson.Write(json, invitation, world));
        return null;
    }

    private static bool IsMember(ClerkWorld world, Organization organization, string email) =>
        world.Data.Users.Find(IdentifierKind.EmailAddress, email) is { } user
        && world.Data.Organizations.FindMembership(organization.Id, user.Id) is not null;

    private static bool IsInvited(ClerkWorld world, Organization organization, string email, long now) =>
        world.Data.OrganizationInvitations.All.Any(
            invitation => invitation.OrganizationId == organization.Id && invitation.IsFor(email) && invitation.IsPending(now));

    // Whoever is named as inviting or revoking must be able to.
    private static ClerkError? ActorRefusal(ClerkWorld world, Organization organization, string? userId)
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
}
