using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests;

public sealed class UserReadTests
{
    private const string Ada = LocalClerkDefaults.AdaUserId;
    private const string Grace = LocalClerkDefaults.GraceUserId;
    private const string Lin = LocalClerkDefaults.LinUserId;
    private const string Service = LocalClerkDefaults.AitherServiceUserId;

    [Fact]
    public async Task User_has_every_field_of_version_2026_05_12()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var user = (await clerk.GetAsync($"/v1/users/{Ada}")).Json.AsObject();

        string[] expected =
        [
            "backup_code_enabled", "banned", "bypass_client_trust", "create_organization_enabled", "create_organizations_limit", "created_at",
            "delete_self_enabled", "deprovisioned", "email_addresses", "enterprise_accounts", "external_accounts", "external_id", "first_name",
            "has_image", "id", "image_url", "last_active_at", "last_name", "last_sign_in_at", "legal_accepted_at", "locale", "locked",
            "lockout_expires_in_seconds", "mfa_disabled_at", "mfa_enabled_at", "object", "passkeys", "password_enabled",
            "password_last_updated_at", "phone_numbers", "primary_email_address_id", "primary_phone_number_id", "primary_web3_wallet_id",
            "private_metadata", "profile_image_url", "public_metadata", "saml_accounts", "totp_enabled", "two_factor_enabled",
            "unsafe_metadata", "updated_at", "username", "verification_attempts_remaining", "web3_wallets",
        ];
        Assert.Equal(expected, user.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal("""{"role":"admin"}""", user["public_metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task Seeded_people_are_listed_newest_first_in_pages()
    {
        await using var clerk = await RunningClerk.StartAsync();

        Assert.Equal([Service, Lin, Grace, Ada], (await clerk.GetAsync("/v1/users")).Ids());
        Assert.Equal([Lin, Grace], (await clerk.GetAsync("/v1/users?limit=2&offset=1")).Ids());
        Assert.Equal([Grace, Ada], (await clerk.GetAsync($"/v1/users?starting_after={Lin}")).Ids());
        Assert.Equal([Grace, Lin], (await clerk.GetAsync($"/v1/users?order_by=%2Bcreated_at&starting_after={Ada}&limit=2")).Ids());
    }

    [Theory]
    [InlineData("email_address=ada%2Bclerk_test@example.com", new[] { Ada })]
    [InlineData("email_address=ADA%2Bclerk_test@example.com&email_address=lin%2Bclerk_test@example.com", new[] { Lin, Ada })]
    [InlineData("email_address=nobody@example.com", new string[0])]
    [InlineData("email_address_query=hemera", new[] { Service })]
    [InlineData("query=hopper", new[] { Grace })]
    [InlineData("query=GRACE%20HOP", new[] { Grace })]
    [InlineData("name_query=ada%20love", new[] { Ada })]
    [InlineData("user_id=" + Ada + "&user_id=" + Lin, new[] { Lin, Ada })]
    [InlineData("user_id=-" + Ada, new[] { Service, Lin, Grace })]
    [InlineData("user_id=%2B" + Ada, new[] { Ada })]
    [InlineData("user_id=+" + Ada, new[] { Ada })]
    [InlineData("organization_id=" + LocalClerkDefaults.KryptonOrganizationId, new[] { Grace, Ada })]
    [InlineData("organization_id=-" + LocalClerkDefaults.KryptonOrganizationId, new[] { Service, Lin })]
    [InlineData("external_id=none", new string[0])]
    [InlineData("username=none", new string[0])]
    [InlineData("phone_number=%2B12015550100", new string[0])]
    [InlineData("web3_wallet=0x0", new string[0])]
    [InlineData("created_at_after=1767225600000", new[] { Service, Lin, Grace })]
    [InlineData("created_at_before=1767312000000", new[] { Ada })]
    [InlineData("last_active_at_since=0", new string[0])]
    [InlineData("banned=false&query=ada", new[] { Ada })]
    [InlineData("banned=true", new string[0])]
    public async Task Filters_of_the_list_and_of_the_count_agree(string filter, string[] expected)
    {
        await using var clerk = await RunningClerk.StartAsync();

        Assert.Equal(expected, (await clerk.GetAsync($"/v1/users?{filter}")).Ids());
        Assert.Equal(expected.Length, (await clerk.GetAsync($"/v1/users/count?{filter}")).Number("total_count"));
    }

    [Theory]
    [InlineData("first_name", new[] { Ada, Service, Grace, Lin })]
    [InlineData("-last_name", new[] { Service, Ada, Grace, Lin })]
    [InlineData("email_address", new[] { Ada, Service, Grace, Lin })]
    [InlineData("-updated_at", new[] { Service, Lin, Grace, Ada })]
    [InlineData("+created_at", new[] { Ada, Grace, Lin, Service })]
    public async Task Lists_are_ordered_as_asked(string orderBy, string[] expected)
    {
        await using var clerk = await RunningClerk.StartAsync();

        Assert.Equal(expected, (await clerk.GetAsync($"/v1/users?order_by={orderBy}")).Ids());
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("offset=-1", "offset")]
    [InlineData("order_by=shoe_size", "order_by")]
    [InlineData("banned=perhaps", "banned")]
    [InlineData("created_at_after=yesterday", "created_at_after")]
    [InlineData("starting_after=user_2nobody", "starting_after")]
    [InlineData("starting_after=" + Ada + "&order_by=first_name", "starting_after")]
    public async Task Faults_of_a_query_are_422_and_name_the_parameter(string query, string parameter)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.GetAsync($"/v1/users?{query}");

        Assert.Equal((422, parameter), (answer.Status, answer.Parameter));
    }

    [Fact]
    public async Task Pages_hold_every_user_once()
    {
        const int Count = 1_200;
        await using var clerk = await RunningClerk.StartAsync();
        for (var index = 0; index < Count - 4; index++)
        {
            await clerk.PostAsync("/v1/users", new JsonObject { ["external_id"] = $"x-{index}" });
        }

        var seen = new List<string>();
        for (var offset = 0; offset < Count; offset += 500)
        {
            seen.AddRange((await clerk.GetAsync($"/v1/users?limit=500&offset={offset}")).Ids());
        }

        Assert.Equal(Count, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Count, seen.Count);
    }
}
