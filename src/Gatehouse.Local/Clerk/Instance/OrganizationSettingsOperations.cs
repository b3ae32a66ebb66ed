using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Roles;

namespace Gatehouse.Local.Clerk.Instance;

/// <summary>Reading and changing the instance's settings about organizations.</summary>
internal sealed class OrganizationSettingsOperations(ClerkWorld world)
{
    private static readonly string[] EnrollmentModes = ["manual_invitation", "automatic_invitation", "automatic_suggestion"];

    public void Map(ClerkRoutes routes) => routes
        .Get("/instance/organization_settings", _ => Tell())
        .Patch("/instance/organization_settings", Update);

    private OrganizationSettings Settings => world.Data.Settings.Organizations;

    private ClerkAnswer Update(ClerkCall call)
    {
        var form = call.Form;
        var (enabled, deletable) = (form.Flag("enabled"), form.Flag("admin_delete_enabled"));
        var (domains, slugless) = (form.Flag("domains_enabled"), form.Flag("slug_disabled"));
        var most = form.Integer("max_allowed_memberships", 0, Organization.MostMemberships);
        var modes = form.Texts("domains_enrollment_modes", EnrollmentModes.Length);
        if (modes?.Any(mode => !EnrollmentModes.Contains(mode, StringComparer.Ordinal)) == true)
        {
            form.Refuse(Errors.ParameterErrors.ValueInvalid("domains_enrollment_modes", $"some of {string.Join(", ", EnrollmentModes)}"));
        }

        var creator = FindRole(form, "creator_role_id");
        var member = FindRole(form, "domains_default_role_id");
        if (form.Faults() is { } faults)
        {
            return faults;
        }

        if (creator is not null && !SystemPermissions.AreMinimal(creator.Permissions))
        {
            return RoleErrors.CreatorRoleNeeds;
        }

        Settings.Enabled = enabled ?? Settings.Enabled;
        Settings.AdminDeleteEnabled = deletable ?? Settings.AdminDeleteEnabled;
        Settings.DomainsEnabled = domains ?? Settings.DomainsEnabled;
        Settings.SlugDisabled = slugless ?? Settings.SlugDisabled;
        Settings.MaximumMemberships = most ?? Settings.MaximumMemberships;
        Settings.DomainsEnrollmentModes = modes ?? Settings.DomainsEnrollmentModes;
        Settings.CreatorRole = creator?.Key ?? Settings.CreatorRole;
        Settings.DomainsDefaultRole = member?.Key ?? Settings.DomainsDefaultRole;
        return Tell();
    }

    private OrganizationRole? FindRole(FormReader form, string name)
    {
        if (form.Text(name) is not { } id)
        {
            return null;
        }

        var role = world.Data.Roles.Find(id);
        if (role is null)
        {
            form.Refuse(RoleErrors.NotFound(name));
        }

        return role;
    }

    private ClerkAnswer Tell() => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "organization_settings");
        json.WriteBoolean("enabled", Settings.Enabled);
        json.WriteNumber("max_allowed_memberships", Settings.MaximumMemberships);
        json.WriteNumber("max_allowed_roles", Settings.MaximumRoles);
        json.WriteNumber("max_allowed_permissions", Settings.MaximumPermissions);
        json.WriteNumber("max_allowed_domains", Settings.MaximumDomains);
        json.WriteString("creator_role", Settings.CreatorRole);
        json.WriteBoolean("admin_delete_enabled", Settings.AdminDeleteEnabled);
        json.WriteBoolean("domains_enabled", Settings.DomainsEnabled);
        json.WriteBoolean("slug_disabled", Settings.SlugDisabled);
        json.WritePropertyName("domains_enrollment_modes");
        ListJson.WriteTexts(json, Settings.DomainsEnrollmentModes);
        json.WriteString("domains_default_role", Settings.DomainsDefaultRole);
        json.WriteNull("initial_role_set_key");
        json.WriteEndObject();
    });
}
