using Gatehouse.Local.Clerk;
using Gatehouse.Local.Tests.Shapes;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Every filter of every list is shown to include and to exclude; every order to go both ways; every page to have its bounds.</summary>
[Proves("A8")]
public sealed class FilterTests
{
    private const string Admin = "role_2LocalAdmin0000000000000001";
    private const string Members = "/organizations/{organization_id}/memberships";
    private const string Invitations = "/organizations/{organization_id}/invitations";

    /// <summary>A list, a filter, what it leaves in, and what it takes out; nothing where no stage has it.</summary>
    public static TheoryData<string, string, string, string> Filters => new()
    {
        { "/users", "email_address=mary@example.com", "{user_id}", "{ada}" },
        { "/users", "phone_number=%2B12015550100", "{user_id}", "{ada}" },
        { "/users", "external_id=mary-1", "{user_id}", "{ada}" },
        { "/users", "external_id=-mary-1", "{ada}", "{user_id}" },
        { "/users", "username=mary", "{user_id}", "{ada}" },
        { "/users", "web3_wallet=0x52908400098527886e0f7030069857d2e4169ee7", "{user_id}", "{ada}" },
        { "/users", "web3_wallet=0x0", "", "{user_id}" },
        { "/users", "query=0X529084", "{user_id}", "{ada}" },
        { "/users", "user_id={user_id}", "{user_id}", "{ada}" },
        { "/users", "user_id=-{user_id}", "{ada}", "{user_id}" },
        { "/users", "organization_id={organization_id}", "{user_id}", "{lin}" },
        { "/users", "organization_id=-{organization_id}", "{lin}", "{user_id}" },
        { "/users", "query=SOMER", "{user_id}", "{ada}" },
        { "/users", "email_address_query=mary.sec", "{user_id}", "{ada}" },
        { "/users", "phone_number_query=550100", "{user_id}", "{ada}" },
        { "/users", "username_query=ary", "{user_id}", "{ada}" },
        { "/users", "name_query=mary%20som", "{user_id}", "{ada}" },
        { "/users", "banned=false", "{user_id}", "" },
        { "/users", "banned=true", "", "{user_id}" },
        { "/users", "last_active_at_before=1772409600000", "{user_id}", "{ada}" },
        { "/users", "last_active_at_before=1772323200000", "", "{user_id}" },
        { "/users", "last_active_at_after=1772323199999", "{user_id}", "{ada}" },
        { "/users", "last_active_at_after=1772323200000", "", "{user_id}" },
        { "/users", "last_active_at_since=1772323200000", "{user_id}", "{ada}" },
        { "/users", "last_active_at_since=1772323200001", "", "{user_id}" },
        { "/users", "created_at_before=1772000000000", "{ada}", "{user_id}" },
        { "/users", "created_at_after=1772000000000", "{user_id}", "{ada}" },
        { "/users", "last_sign_in_at_before=1772366400001", "{user_id}", "{ada}" },
        { "/users", "last_sign_in_at_before=1772366400000", "", "{user_id}" },
        { "/users", "last_sign_in_at_after=1772366399999", "{user_id}", "{ada}" },
        { "/users", "last_sign_in_at_after=1772366400000", "", "{user_id}" },
        { "/users", "provider=oauth_google&provider_user_id=google-1", "{user_id}", "{ada}" },
        { "/users", "provider=oauth_github&provider_user_id=google-1", "", "{user_id}" },
        { "/users", "provider_user_id=google-2", "", "{user_id}" },
        { "/sessions", "user_id={user_id}", "{session_id}", "" },
        { "/sessions", "user_id={ada}", "", "{session_id}" },
        { "/sessions", "client_id={session_client}", "{session_id}", "" },
        { "/sessions", "client_id=client_2other", "", "{session_id}" },
        { "/sessions", "status=active", "{session_id}", "" },
        { "/sessions", "status=revoked", "", "{session_id}" },
        { "/organizations", "query=ACM", "{organization_id}", "{krypton}" },
        { "/organizations", "query={organization_id}", "{organization_id}", "{krypton}" },
        { "/organizations", "user_id={user_id}", "{organization_id}", "{krypton}" },
        { "/organizations", "user_id=-{user_id}", "{krypton}", "{organization_id}" },
        { "/organizations", "organization_id={organization_id}", "{organization_id}", "{krypton}" },
        { "/organizations", "organization_id=-{organization_id}", "{krypton}", "{organization_id}" },
        { Members, "user_id={user_id}", "Somerville", "Lovelace" },
        { Members, "user_id=-{user_id}", "Lovelace", "Somerville" },
        { Members, "email_address=mary@example.com", "Somerville", "Lovelace" },
        { Members, "phone_number=%2B12015550100", "Somerville", "Lovelace" },
        { Members, "username=mary", "Somerville", "Lovelace" },
        { Members, "web3_wallet=7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV", "Somerville", "Lovelace" },
        { Members, "web3_wallet=0x0", "", "Somerville" },
        { Members, "role=org:member", "Somerville", "Lovelace" },
        { Members, "role=org:member&role=org:admin", "Somerville", "" },
        { Members, "query=somer", "Somerville", "Lovelace" },
        { Members, "email_address_query=mary.sec", "Somerville", "Lovelace" },
        { Members, "phone_number_query=550100", "Somerville", "Lovelace" },
        { Members, "username_query=ary", "Somerville", "Lovelace" },
        { Members, "name_query=mary%20som", "Somerville", "Lovelace" },
        { Members, "last_active_at_before=1772409600000", "Somerville", "Lovelace" },
        { Members, "last_active_at_after=1772323199999", "Somerville", "Lovelace" },
        { Members, "created_at_before=1772000000000", "Lovelace", "Somerville" },
        { Members, "created_at_after=1772000000000", "Somerville", "Lovelace" },
        { Invitations, "status=pending", "{orginv}", "" },
        { Invitations, "status=revoked", "", "{orginv}" },
        { Invitations, "status=revoked&status=pending", "{orginv}", "" },
        { Invitations, "email_address=INVITED@example.com", "{orginv}", "" },
        { Invitations, "email_address=other@example.com", "", "{orginv}" },
        { "/organization_invitations", "status=pending", "{orginv}", "" },
        { "/organization_invitations", "status=accepted", "", "{orginv}" },
        { "/organization_invitations", "query=INVIT", "{orginv}", "" },
        { "/organization_invitations", "query=other", "", "{orginv}" },
        { "/users/{invited}/organization_invitations", "status=pending", "{orginv}", "" },
        { "/users/{invited}/organization_invitations", "status=expired", "", "{orginv}" },
        { "/users/{lin}/organization_invitations", "", "", "{orginv}" },
        { "/invitations", "status=pending", "{inv}", "" },
        { "/invitations", "status=expired", "", "{inv}" },
        { "/invitations", "query=SOMEB", "{inv}", "" },
        { "/invitations", "query={inv}", "{inv}", "" },
        { "/invitations", "query=other", "", "{inv}" },
        { "/organization_roles", "query=CLER", "{organization_role_id}", Admin },
        { "/organization_roles", "query=org:adm", Admin, "{organization_role_id}" },
        { "/organization_roles", "query={organization_role_id}", "{organization_role_id}", Admin },
        { "/organization_permissions", "query=READ%20INV", "{permission_id}", "{other_permission}" },
        { "/organization_permissions", "query=invoices:write", "{other_permission}", "{permission_id}" },
        { "/organization_permissions", "query={permission_id}", "{permission_id}", "{other_permission}" },
        { "/machines", "query=aith", "{machine_id}", LocalClerkDefaults.ShtetlZmanimMachineId },
        { "/oauth_applications", "name_query=aPP", "{oauth_application_id}", "" },
        { "/oauth_applications", "name_query={client_id}", "{oauth_application_id}", "" },
        { "/oauth_applications", "name_query=other", "", "{oauth_application_id}" },
        { "/api_keys", "subject={user_id}", "{apiKeyID}", "" },
        { "/api_keys", "subject={ada}", "", "{apiKeyID}" },
        { "/api_keys", "subject={user_id}&type=api_key", "{apiKeyID}", "" },
        { "/api_keys", "subject={user_id}&type=other", "", "{apiKeyID}" },
        { "/api_keys", "subject={user_id}&query=CI", "{apiKeyID}", "" },
        { "/api_keys", "subject={user_id}&query=other", "", "{apiKeyID}" },
        { "/api_keys", "subject={user_id}&include_invalid=true", "{revoked_key}", "" },
        { "/api_keys", "subject={user_id}&include_invalid=false", "{apiKeyID}", "{revoked_key}" },
        { "/m2m_tokens", "subject={machine_id}", "{m2m_token_id}", "" },
        { "/m2m_tokens", "subject={other_machine_id}", "", "{m2m_token_id}" },
    };

    private static readonly string[] ShownElsewhere =
    [
        "limit", "offset", "order_by", "paginated", "starting_after",   // below, and in UserReadTests
        "include_members_count", "include_missing_member_with_elevated_permissions",   // OrganizationTests
        "revoked", "expired",   // M2MTokenTests
    ];

    /// <summary>Every list that can be ordered, and by what.</summary>
    public static TheoryData<string, string> Orders => new()
    {
        { "/users", "created_at updated_at email_address web3wallet first_name last_name phone_number username last_active_at last_sign_in_at" },
        { "/organizations", "name created_at members_count" },
        { Members, "created_at email_address phone_number first_name last_name username" },
        { "/organization_memberships", "created_at email_address phone_number first_name last_name username" },
        { Invitations, "created_at email_address" },
        { "/organization_invitations", "created_at email_address" },
        { "/invitations", "created_at email_address expires_at" },
        { "/organization_roles", "created_at name key" },
        { "/organization_permissions", "created_at name key" },
        { "/machines", "name created_at" },
        { "/oauth_applications", "created_at name" },
    };

    public static TheoryData<string> Lists =>
        [.. ShapeBook.Operations.Where(operation => operation.Query.Contains("limit")).Select(operation => operation.Path)];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Filter_includes_and_excludes(string path, string filter, string included, string excluded)
    {
        await using var stage = await SetAsync();

        var answer = await stage.DoAsync("GET", $"/v1{path}?{filter}&limit=100");

        Assert.Contains(stage.Fill(included), answer.Body, StringComparison.Ordinal);
        if (excluded.Length > 0)
        {
            Assert.DoesNotContain($"\"{stage.Fill(excluded)}\"", answer.Body, StringComparison.Ordinal);
        }

        if (path == "/users")
        {
            Assert.Equal(answer.Array.Count, (await stage.DoAsync("GET", $"/v1/users/count?{filter}")).Number("total_count"));
        }
    }

    [Fact]
    public void No_filter_is_forgotten()
    {
        var shown = Filters
            .SelectMany(row => row.Data.Item2.Split('&').Select(pair => $"{Normal(row.Data.Item1)} {pair.Split('=')[0]}"))
            .ToHashSet(StringComparer.Ordinal);

        var forgotten = ShapeBook.Operations
            .Where(operation => operation.Path != "/users/count")
            .SelectMany(operation => operation.Query.Except(ShownElsewhere).Select(name => $"{Normal(operation.Path)} {name}"))
            .Where(filter => !shown.Contains(filter));

        Assert.Empty(forgotten);

        static string Normal(string path) => string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? "{}" : part));
    }

    [Fact]
    public void Every_filter_is_shown_to_include_and_to_exclude()
    {
        var oneSided =
            from row in Filters.Select(row => row.Data)
            from pair in row.Item2.Split('&', StringSplitOptions.RemoveEmptyEntries)
            group row by $"{row.Item1} {pair.Split('=')[0]}" into rows
            where rows.All(row => row.Item3.Length == 0) || rows.All(row => row.Item4.Length == 0)
            select rows.Key;

        Assert.Empty(oneSided);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Order_goes_both_ways(string path, string fields)
    {
        await using var stage = await SetAsync();
        await stage.DoAsync("POST", $"/v1{Invitations}", """{"email_address":"another@example.com","role":"org:member"}""");
        await stage.DoAsync("POST", "/v1/invitations", """{"email_address":"another@example.com","expires_in_days":1}""");
        await stage.DoAsync("POST", "/v1/oauth_applications", """{"name":"Another"}""");

        foreach (var name in fields.Split(' '))
        {
            var rising = (await stage.DoAsync("GET", $"/v1{path}?limit=100&order_by=%2B{name}")).Ids();
            var falling = (await stage.DoAsync("GET", $"/v1{path}?limit=100&order_by=-{name}")).Ids();
            Assert.True(rising.Length > 1);
            Assert.Equal(rising, falling.Reverse());
            Assert.Equal(rising, (await stage.DoAsync("GET", $"/v1{path}?limit=100&order_by={name}")).Ids());
        }

        var wrong = await stage.SendAsync("GET", $"/v1{path}?order_by=shoe_size");
        Assert.Equal((422, "form_param_value_invalid", "order_by"), (wrong.Status, wrong.Code, wrong.Parameter));
        Assert.Equal(
            ShapeBook.Operations.Where(operation => operation.Query.Contains("order_by")).Select(operation => operation.Path).Order(StringComparer.Ordinal),
            Orders.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Page_has_its_bounds(string path)
    {
        await using var stage = await SetAsync();
        var isMachines = path is "/api_keys" or "/m2m_tokens";
        var paginated = ShapeBook.Operations.Single(operation => operation.Name == $"GET {path}").Query.Contains("paginated");
        var subject = path == "/api_keys" ? "subject={user_id}&" : path == "/m2m_tokens" ? "subject={machine_id}&" : paginated ? "paginated=true&" : "";
        var most = isMachines ? 100 : 500;

        await stage.DoAsync("GET", $"/v1{path}?{subject}limit={most}&offset=0");
        foreach (var fault in (string[])["limit=0", $"limit={most + 1}", "limit=many", "limit=-1", "limit=1.5", "offset=-1", "offset=99999999999", "offset=x"])
        {
            var answer = await stage.SendAsync("GET", $"/v1{path}?{subject}{fault}");
            Assert.Equal(isMachines ? 400 : 422, answer.Status);
            Assert.Equal("form_param_value_invalid", answer.Code);
            Assert.Equal(isMachines ? null : fault.Split('=')[0], answer.Parameter);
        }

        var all = (await stage.DoAsync("GET", $"/v1{path}?{subject}limit={most}")).Body;
        Assert.Equal(all, (await stage.DoAsync("GET", $"/v1{path}?{subject}limit={most}&offset=")).Body);
        Assert.DoesNotContain("\"object\":", (await stage.DoAsync("GET", $"/v1{path}?{subject}offset=1000")).Body, StringComparison.Ordinal);
    }

    private static async Task<Stage> SetAsync()
    {
        var stage = await Stage.SetAsync();
        await stage.NameAsync("revoked_key", "POST", "/v1/api_keys", """{"name":"CI before","subject":"{user_id}"}""", "id");
        await stage.DoAsync("POST", "/v1/api_keys/{revoked_key}/revoke", "{}");
        await stage.NameAsync("invited", "POST", "/v1/users", """{"email_address":["invited@example.com"]}""", "id");
        return stage;
    }
}
