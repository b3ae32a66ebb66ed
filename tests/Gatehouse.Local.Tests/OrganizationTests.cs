using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests;

public sealed class OrganizationTests
{
    private const string Krypton = LocalClerkDefaults.KryptonOrganizationId;
    private const string Operators = LocalClerkDefaults.OperatorsOrganizationId;
    private const string Ada = LocalClerkDefaults.AdaUserId;
    private const string Grace = LocalClerkDefaults.GraceUserId;

    [Theory]
    [InlineData("", new[] { Krypton, Operators })]
    [InlineData("order_by=-name", new[] { Operators, Krypton })]
    [InlineData("order_by=members_count", new[] { Operators, Krypton })]
    [InlineData("query=KRYP", new[] { Krypton })]
    [InlineData("query=" + Operators, new[] { Operators })]
    [InlineData("user_id=" + Grace, new[] { Krypton })]
    [InlineData("user_id=-" + Grace, new[] { Operators })]
    [InlineData("organization_id=-" + Krypton, new[] { Operators })]
    [InlineData("limit=1&offset=1", new[] { Operators })]
    public async Task Organizations_are_listed_as_asked(string query, string[] expected)
    {
        await using var clerk = await RunningClerk.StartAsync();

        Assert.Equal(expected, (await clerk.GetAsync($"/v1/organizations?{query}")).Ids());
    }

    [Theory]
    [InlineData(Krypton)]
    [InlineData("krypton")]
    public async Task Organization_is_read_by_id_and_by_slug(string idOrSlug)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.GetAsync($"/v1/organizations/{idOrSlug}?include_members_count=true");

        Assert.Equal((Krypton, "Krypton", 2), (answer.Text("id"), answer.Text("name"), answer.Number("members_count")));
        Assert.Null((await clerk.GetAsync($"/v1/organizations/{idOrSlug}")).Json["members_count"]);
    }

    [Theory]
    [InlineData("", new[] { Grace, Ada })]
    [InlineData("role=org:admin", new[] { Ada })]
    [InlineData("user_id=" + Grace, new[] { Grace })]
    [InlineData("query=love", new[] { Ada })]
    [InlineData("order_by=%2Bfirst_name", new[] { Ada, Grace })]
    public async Task Memberships_of_an_organization_are_listed_as_asked(string query, string[] expected)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.GetAsync($"/v1/organizations/{Krypton}/memberships?{query}");

        Assert.Equal(expected, answer.Json["data"]!.AsArray().Select(held => (string?)held!["public_user_data"]!["user_id"]));
        Assert.Equal(expected.Length, answer.Number("total_count"));
    }

    [Fact]
    public async Task Memberships_of_a_user_and_of_the_instance_are_listed()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var ofAda = await clerk.GetAsync($"/v1/users/{Ada}/organization_memberships");

        Assert.Equal([Krypton, Operators], ofAda.Json["data"]!.AsArray().Select(held => (string?)held!["organization"]!["id"]));
        Assert.Equal(["org:admin", "org:admin"], ofAda.Json["data"]!.AsArray().Select(held => (string?)held!["role"]));
        Assert.Equal(3, (await clerk.GetAsync("/v1/organization_memberships")).Number("total_count"));
        Assert.Equal(0, (await clerk.GetAsync($"/v1/users/{LocalClerkDefaults.LinUserId}/organization_memberships")).Number("total_count"));
    }

    [Theory]
    [InlineData("/v1/organizations/org_2none")]
    [InlineData("/v1/organizations/org_2none/memberships")]
    [InlineData("/v1/users/user_2nobody/organization_memberships")]
    public async Task Unknown_ids_are_404(string path)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.GetAsync(path);

        Assert.Equal((404, "resource_not_found"), (answer.Status, answer.Code));
    }
}
