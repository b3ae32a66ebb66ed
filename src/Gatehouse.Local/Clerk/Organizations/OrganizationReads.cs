using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>Listing and reading organizations.</summary>
internal sealed class OrganizationReads(ClerkWorld world)
{
    public void Map(OrganizationRoutes routes) => routes
        .Get("/organizations", List)
        .Get("/organizations/{organization_id}", Read);

    private ClerkAnswer List(ClerkCall call)
    {
        var withCount = call.Query.Flag("include_members_count") == true;
        var withGovernor = call.Query.Flag("include_missing_member_with_elevated_permissions") == true;
        var search = call.Query.Text("query");
        var users = SignedValues.Of(call.Query.Texts("user_id"));
        var ids = SignedValues.Of(call.Query.Texts("organization_id"));
        var ordering = call.Query.Ordering("-created_at", "name", "created_at", "members_count");
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var store = world.Data.Organizations;
        var found = store.All
            .Where(organization => Matches(organization, search))
            .Where(organization => ids?.Allow([organization.Id]) != false)
            .Where(organization => users?.Allow(store.MembershipsOf(organization.Id).Select(held => held.UserId)) != false)
            .ToList();
        var ordered = ordering.Field switch
        {
            "name" => ordering.Of(found, organization => organization.Name.ToLowerInvariant(), organization => organization.Id),
            "members_count" => ordering.Of(found, organization => MembersOf(organization), organization => organization.Id),
            _ => ordering.Of(found, organization => organization.CreatedAt, organization => organization.Id),
        };
        return ClerkAnswer.Ok(json => ListJson.WritePage(
            json,
            page.Of(ordered),
            found.Count,
            (inner, organization) => Write(inner, organization, withCount, withGovernor)));
    }

    private ClerkAnswer Read(ClerkCall call)
    {
        var withCount = call.Query.Flag("include_members_count") == true;
        var withGovernor = call.Query.Flag("include_missing_member_with_elevated_permissions") == true;
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var id = call.Route("organization_id");
        return world.Data.Organizations.Find(id) is { } organization
            ? ClerkAnswer.Ok(json => Write(json, organization, withCount, withGovernor))
            : ClerkErrors.NotFound("organization", id);
    }

    private void Write(Utf8JsonWriter json, Organization organization, bool withCount, bool withGovernor) => OrganizationJson.Write(
        json,
        organization,
        withCount ? MembersOf(organization) : null,
        OrganizationCensus.PendingInvitations(world, organization),
        withGovernor ? OrganizationCensus.LacksGovernor(world.Data, organization) : null);

    private int MembersOf(Organization organization) => world.Data.Organizations.MembershipsOf(organization.Id).Count;

    private static bool Matches(Organization organization, string? search) =>
        string.IsNullOrEmpty(search)
        || organization.Id == search
        || organization.Name.Contains(search, StringComparison.OrdinalIgnoreCase)
        || organization.Slug.Contains(search, StringComparison.OrdinalIgnoreCase);
}
