using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Roles;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Organizations;

/// <summary>Organizations as their members see them: making one, changing it, taking it away.</summary>
internal sealed class BrowserOrganizationOperations(ClerkWorld world, OrganizationAccess access)
{
    private const string One = "/organizations/{organization_id}";

    public void Map(FrontendRoutes routes) => routes
        .Post("/organizations", call => call.WithUser((_, user) => Create(call, user)))
        .Get(One, call => access.With(call, (organization, _) => Tell(organization)))
        .Patch(One, call => access.With(call, SystemPermissions.ManageProfile, (organization, _) => Update(call, organization)))
        .Delete(One, call => access.With(call, SystemPermissions.DeleteProfile, (organization, _) => Delete(organization)))
        .Get(One + "/roles", call => access.With(call, (_, _) => ListRoles(call)))
        .Get(One + "/membership_requests", call => access.With(call, SystemPermissions.ManageMemberships, (_, _) => EmptyPage.Answer))
        .Get(One + "/domains", call => access.With(call, (_, _) => EmptyPage.Answer));

    private FrontendAnswer Create(FrontendCall call, User user)
    {
        var name = call.Form.RequiredText("name");
        var (form, faults) = Read(call, organization: null);
        if (faults is not null)
        {
            return faults;
        }

        if ((Refusal(user) ?? form.Refusal(world.Data)) is { } refusal)
        {
            return refusal;
        }

        return Tell(NewOrganization(user, name, form.Slug ?? FreeSlug(name)));
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

    private FrontendAnswer Update(FrontendCall call, Organization organization)
    {
        var (form, faults) = Read(call, organization);
        if (faults is not null)
        {
            return faults;
        }

        if (form.Refusal(world.Data) is { } refusal)
        {
            return refusal;
        }

        organization.Name = form.Name ?? organization.Name;
        organization.Slug = form.Slug ?? organization.Slug;
        organization.UpdatedAt = world.Clock.NowMilliseconds;
        OrganizationEvents.Raise(world, "organization.updated", organization);
        return Tell(organization);
    }

    private FrontendAnswer Delete(Organization organization)
    {
        if (!organization.AdminDeleteEnabled)
        {
            return OrganizationErrors.AdminDeleteNotEnabled;
        }

        OrganizationRemoval.Remove(world, organization);
        return FrontendAnswer.Ok(json => ListJson.WriteDeleted(json, "organization", organization.Id, organization.Slug));
    }

    private FrontendAnswer ListRoles(FrontendCall call)
    {
        var (roles, page) = (world.Data.Roles, call.Query.Page());
        return call.Query.Faults() is { } faults
            ? FrontendAnswer.Refused(faults.Errors)
            : FrontendAnswer.Ok(json => ListJson.WritePage(
                json, page.Of(roles.All), roles.All.Count, (inner, role) => RoleJson.Write(inner, role, roles)));
    }

    private (OrganizationForm Form, FrontendAnswer? Faults) Read(FrontendCall call, Organization? organization)
    {
        var reader = call.Form.Reader("name", "slug");
        var form = OrganizationForm.Read(reader, world.Data.Organizations, organization);
        return (form, call.Form.Faults() ?? (reader.Faults() is { } faults ? FrontendAnswer.Refused(faults.Errors) : null));
    }

    private FrontendAnswer Tell(Organization organization) => FrontendAnswer.Ok(json => BrowserView.Write(json, organization, world));

    /// <summary>A slug out of a name: letters and digits of ASCII, with a hyphen in place of everything else, and never one that is taken.</summary>
    private string FreeSlug(string name)
    {
        var letters = name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        var slug = string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length > 0 && world.Data.Organizations.Find(slug) is null ? slug : $"{slug}-{world.Clock.NowMilliseconds}".TrimStart('-');
    }

    private static ClerkError CreationDisabled { get; } = new(
        403, "user_create_organization_not_enabled", "create organization not enabled",
        "Organization creation is not enabled for this user.");
}
