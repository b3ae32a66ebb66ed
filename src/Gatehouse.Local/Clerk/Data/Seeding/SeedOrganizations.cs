using System.Text.RegularExpressions;
using Gatehouse.Local.Clerk.Organizations;

namespace Gatehouse.Local.Clerk.Data.Seeding;

/// <summary>The organizations and memberships of a seed file.</summary>
internal sealed partial class SeedOrganizations(SeedReading reading)
{
    private const int MostMembers = 1_000_000;

    public void Read(SeedObject item)
    {
        var id = reading.Ids.Required(item, "org_");
        var name = item.RequiredText("name");
        var slug = item.Text("slug", Slug, "lower-case letters, digits and hyphens") ?? SlugOf(name);
        var createdAt = item.Time("created_at") ?? SeedReading.Begin;
        var organization = new Organization
        {
            Id = id,
            Name = name,
            Slug = slug,
            CreatedBy = UserId(item, "created_by"),
            PublicMetadata = SeedReading.Metadata(item, "public_metadata"),
            PrivateMetadata = SeedReading.Metadata(item, "private_metadata"),
            CreatedAt = createdAt,
            UpdatedAt = item.Time("updated_at") ?? createdAt,
        };
        organization.MaximumMemberships = item.Integer("max_allowed_memberships", 0, MostMembers) ?? organization.MaximumMemberships;
        organization.AdminDeleteEnabled = item.Flag("admin_delete_enabled") ?? organization.AdminDeleteEnabled;
        item.Finish();
        if (reading.Data.Organizations.Find(slug) is { } holder)
        {
            item.Refuse("slug", $"is '{slug}', which {holder.Id} has already");
        }
        else if (id.Length > 0)
        {
            reading.Data.Organizations.Add(organization);
        }
    }

    public void ReadMembership(SeedObject item)
    {
        var organizationId = item.RequiredText("organization_id");
        if (organizationId.Length > 0 && reading.Data.Organizations.Find(organizationId)?.Id != organizationId)
        {
            item.Refuse("organization_id", $"is '{organizationId}', and no organization has this id");
        }

        if (!item.Has("user_id"))
        {
            item.Refuse("user_id", "is missing");
        }

        var userId = UserId(item, "user_id");
        var role = Role(item);
        var createdAt = item.Time("created_at") ?? SeedReading.Begin;
        var membership = new Membership
        {
            Id = reading.Ids.Optional(item, "orgmem_", $"{organizationId} {userId}"),
            OrganizationId = organizationId,
            UserId = userId ?? "",
            Role = role ?? OrganizationRole.Member,
            PublicMetadata = SeedReading.Metadata(item, "public_metadata"),
            PrivateMetadata = SeedReading.Metadata(item, "private_metadata"),
            CreatedAt = createdAt,
            UpdatedAt = item.Time("updated_at") ?? createdAt,
        };
        item.Finish();
        if (userId is null || role is null || organizationId.Length == 0)
        {
            return;
        }

        if (reading.Data.Organizations.FindMembership(organizationId, userId) is not null)
        {
            item.Refuse("user_id", $"is '{userId}', who belongs to {organizationId} already");
        }
        else
        {
            reading.Data.Organizations.Add(membership);
        }
    }

    private OrganizationRole? Role(SeedObject item)
    {
        var key = item.RequiredText("role");
        var roles = reading.Data.Roles;
        if (key.Length > 0 && roles.FindByKey(key) is null)
        {
            item.Refuse("role", $"is '{key}', and must be one of {string.Join(", ", roles.All.Select(role => role.Key).Order(StringComparer.Ordinal))}");
        }

        return roles.FindByKey(key);
    }

    private string? UserId(SeedObject item, string name)
    {
        var id = item.Text(name);
        if (id is not null && reading.Data.Users.Find(id) is null)
        {
            item.Refuse(name, $"is '{id}', and no user has this id");
            return null;
        }

        return id;
    }

    private static string SlugOf(string name) => NotOfSlug.Replace(name.ToLowerInvariant(), "-").Trim('-') is { Length: > 0 } slug ? slug : "organization";

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Slug { get; }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotOfSlug { get; }
}
