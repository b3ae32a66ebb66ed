using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.OrganizationInvitations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Roles;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Organizations;

/// <summary>Organizations as their members see them: those of one's own, making one, and who else belongs.</summary>
internal sealed class BrowserOrganizationOperations(ClerkWorld world)
{
    private const string One = "/organizations/{organization_id}";
    private const string ManageProfile = "org:sys_profile:manage";

    public void Map(FrontendRoutes routes) => routes
        .Get("/me/organization_memberships", call => call.WithUser((_, user) => ListOwn(call, user)))
        .Get("/me/organization_invitations", call => call.WithUser((_, user) => ListInvitations(call, user)))
        .Post("/me/organization_invitations/{invitation_id}/accept", call => call.WithUser((_, user) => AcceptInvitation(call, user)))
        .Get("/me/organization_suggestions", call => call.WithUser((_, _) => Empty))
        .Post("/organizations", call => call.WithUser((_, user) => Create(call, user)))
        .Get(One, call => WithMembership(call, (_, organization, _) => Tell(organization)))
        .Patch(One, call => WithMembership(call, (_, organization, held) => Update(call, organization, held)))
        .Get(One + "/memberships", call => WithMembership(call, (_, organization, _) => ListMembers(call, organization)))
        .Get(One + "/roles", call => WithMembership(call, (_, _, _) => ListRoles()))
        .Get(One + "/membership_requests", call => WithMembership(call, (_, _, _) => Empty))
        .Get(One + "/domains", call => WithMembership(call, (_, _, _) => Empty));

    private FrontendAnswer Create(FrontendCall call, User user)
    {
        var name = call.Form.RequiredText("name");
        var slug = call.Form.Text("slug");
        CheckSlug(call.Form, slug, own: null);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (Refusal(user) is { } refusal)
        {
            return refusal;
        }

        return Tell(NewOrganization(user, name, slug ?? FreeSlug(name)));
    }

    private ClerkError? Refusal(User user)
    {
        if (!world.Data.Settings.Organizations.Enabled)
        {
            return OrganizationErrors.NotEnabled;
        }

        var made = world.Data.Organizations.All.Count(organization => organization.CreatedBy == user.Id);
        return !user.CreateOrganizationEnabled ? CreationDisabled
            : user.CreateOrganizationsLimit is > 0 and var most && made >= most ? OrganizationErrors.CreationLimit
            : null;
    }

    private Organization NewOrganization(User user, string name, string slug)
    {
        var (now, settings) = (world.Clock.NowMilliseconds, world.Data.Settings.Organizations);
        var organization = new Organization
        {
            Id = world.Ids.Next("org_"),
            Name = name,
            Slug = slug,
            CreatedBy = user.Id,
            MaximumMemberships = settings.MaximumMemberships,
            AdminDeleteEnabled = settings.AdminDeleteEnabled,
            CreatedAt = now,
            UpdatedAt = now,
        };
        world.Data.Organizations.Add(organization);
        OrganizationEvents.Raise(world, "organization.created", organization);
        MembershipChanges.Add(world, organization, user, world.Data.Roles.FindByKey(settings.CreatorRole) ?? OrganizationRole.Admin);
        return organization;
    }

    private FrontendAnswer Update(FrontendCall call, Organization organization, Membership held)
    {
        if (!held.Role.Permissions.Contains(ManageProfile, StringComparer.Ordinal))
        {
            return OrganizationErrors.MissingPermission;
        }

        var (name, slug) = (call.Form.Text("name"), call.Form.Text("slug"));
        CheckSlug(call.Form, slug, organization);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        organization.Name = name ?? organization.Name;
        organization.Slug = slug ?? organization.Slug;
        organization.UpdatedAt = world.Clock.NowMilliseconds;
        OrganizationEvents.Raise(world, "organization.updated", organization);
        return Tell(organization);
    }

    private FrontendAnswer ListOwn(FrontendCall call, User user) =>
        Page(call, world.Data.Organizations.MembershipsOfUser(user.Id));

    private FrontendAnswer ListMembers(FrontendCall call, Organization organization) =>
        Page(call, world.Data.Organizations.MembershipsOf(organization.Id));

    private FrontendAnswer Page(FrontendCall call, IReadOnlyList<Membership> memberships)
    {
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return FrontendAnswer.Refused(faults.Errors);
        }

        var newestFirst = new Ordering("created_at", Descending: true).Of(memberships, held => held.CreatedAt, held => held.Id);
        return FrontendAnswer.Ok(json => ListJson.WritePage(
            json, page.Of(newestFirst), memberships.Count, (inner, held) => BrowserView.Write(inner, held, world.Data)));
    }

    private FrontendAnswer ListInvitations(FrontendCall call, User user)
    {
        var statuses = call.Query.Texts("status");
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return FrontendAnswer.Refused(faults.Errors);
        }

        var now = world.Clock.NowMilliseconds;
        var found = world.Data.OrganizationInvitations.All
            .Where(invitation => IsFor(invitation, user))
            .Where(invitation => statuses?.Contains(InvitationJson.Text(invitation.StatusAt(now)), StringComparer.Ordinal) != false)
            .OrderByDescending(invitation => invitation.CreatedAt)
            .ToList();
        return FrontendAnswer.Ok(json => ListJson.WritePage(
            json, page.Of(found), found.Count, (inner, invitation) => BrowserView.Write(inner, invitation, world)));
    }

    private FrontendAnswer AcceptInvitation(FrontendCall call, User user)
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

    private FrontendAnswer ListRoles()
    {
        var roles = world.Data.Roles;
        return FrontendAnswer.Ok(json => ListJson.WritePage(
            json, roles.All, roles.All.Count, (inner, role) => RoleJson.Write(inner, role, roles)));
    }

    private void CheckSlug(FrontendForm form, string? slug, Organization? own)
    {
        if (slug?.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-') == false)
        {
            form.Refuse(ParameterErrors.FormatInvalid("slug", "lowercase letters, digits and hyphens"));
        }
        else if (slug is not null && world.Data.Organizations.Find(slug) is { } holder && holder != own)
        {
            form.Refuse(ParameterErrors.IdentifierExists("slug"));
        }
    }

    private FrontendAnswer WithMembership(FrontendCall call, Func<Session, Organization, Membership, FrontendAnswer> handle) =>
        call.WithUser((session, user) =>
            world.Data.Organizations.Find(call.Route("organization_id")) is { } organization
            && world.Data.Organizations.FindMembership(organization.Id, user.Id) is { } held
                ? handle(session, organization, held)
                : ClerkErrors.NotFound("organization of this user", call.Route("organization_id")));

    private FrontendAnswer Tell(Organization organization) =>
        FrontendAnswer.Ok(json => BrowserView.Write(json, organization, world.Data));

    /// <summary>A slug out of a name: letters and digits of ASCII, with a hyphen in place of everything else, and never one that is taken.</summary>
    private string FreeSlug(string name)
    {
        var letters = name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        var slug = string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length > 0 && world.Data.Organizations.Find(slug) is null ? slug : $"{slug}-{world.Clock.NowMilliseconds}".TrimStart('-');
    }

    private static FrontendAnswer Empty { get; } =
        FrontendAnswer.Ok(json => ListJson.WritePage(json, Array.Empty<string>(), 0, (inner, text) => inner.WriteStringValue(text)));

    private static ClerkError CreationDisabled { get; } = new(
        403, "organization_creation_not_allowed", "Organization creation not allowed", "This user is not allowed to create organizations.");
}
