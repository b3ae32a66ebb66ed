using System.Text.RegularExpressions;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>The members that creating and updating an organization have in common. Null leaves a field as it is.</summary>
internal sealed partial record OrganizationForm(
    string? Name,
    string? Slug,
    int? MaximumMemberships,
    long? CreatedAt,
    string? RoleSetKey)
{
    private const int TimeoutMilliseconds = 1000;

    public static OrganizationForm Read(FormReader form, OrganizationStore organizations, Organization? organization)
    {
        var name = form.GivenText("name");
        if (name is not null && ForbiddenInNames.IsMatch(name))
        {
            form.Refuse(OrganizationErrors.NameInvalid);
        }

        var slug = form.GivenText("slug");
        if (slug is not null && !SlugPattern.IsMatch(slug))
        {
            form.Refuse(ParameterErrors.FormatInvalid("slug", "lowercase letters, digits and dashes"));
        }
        else if (slug is not null && organizations.Find(slug) is { } holder && holder != organization)
        {
            form.Refuse(ParameterErrors.IdentifierExists("slug"));
        }

        return new OrganizationForm(
            name,
            slug,
            form.Integer("max_allowed_memberships", 0, Organization.MostMemberships),
            form.Time("created_at"),
            form.Text("role_set_key"));
    }

    /// <summary>What concerns more than one member of the request; null when all is well.</summary>
    public ClerkError? Refusal(ClerkData data) => Slug is not null && data.Settings.Organizations.SlugDisabled
        ? OrganizationErrors.SlugsDisabled
        : RoleSetKey is null ? null : OrganizationErrors.RoleSetNotFound;   // this instance has no role sets

    /// <summary>The slug of an organization that was given none: its name, and the time so that it is its own.</summary>
    public static string SlugOf(string name, long now) => $"{Separators.Replace(name.ToLowerInvariant(), "-").Trim('-')}-{now}".TrimStart('-');

    [GeneratedRegex(@"\A[a-z0-9-]+\z", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex SlugPattern { get; }

    [GeneratedRegex(@"[a-zA-Z][a-zA-Z0-9+.-]*://|\bwww\.|<[a-zA-Z/!]", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex ForbiddenInNames { get; }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex Separators { get; }
}
