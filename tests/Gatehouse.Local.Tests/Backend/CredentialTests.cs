using Gatehouse.Local.Clerk.Users;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Passwords, second factors and identifications that come and go.</summary>
[Proves("A8")]
public sealed class CredentialTests
{
    private const string Mary = "/v1/users/{user_id}";

    [Theory]
    [InlineData("POST", "/remove_password", """{"sign_out_of_other_sessions":true}""", "revoked")]
    [InlineData("POST", "/remove_password", "{}", "active")]
    [InlineData("POST", "/password/set_compromised", """{"revoke_all_sessions":true}""", "revoked")]
    [InlineData("POST", "/password/set_compromised", "{}", "active")]
    [InlineData("PATCH", "", """{"password":"another long one","sign_out_of_other_sessions":true}""", "revoked")]
    [InlineData("PATCH", "", """{"password":"another long one"}""", "active")]
    public async Task Sessions_are_revoked_where_that_is_asked(string method, string path, string body, string status)
    {
        await using var stage = await Stage.SetAsync();

        await stage.DoAsync(method, Mary + path, body);

        Assert.Equal(status, (await stage.DoAsync("GET", "/v1/sessions/{session_id}")).Text("status"));
    }

    [Fact]
    public async Task Removed_password_is_gone()
    {
        await using var stage = await Stage.SetAsync();

        var removed = await stage.DoAsync("POST", $"{Mary}/remove_password");

        Assert.False((bool)removed.Json["password_enabled"]!);
        Assert.Equal("no_password_set", (await stage.SendAsync("POST", $"{Mary}/verify_password", """{"password":"a long enough one"}""")).Code);
        Assert.Equal("no_password_set", (await stage.SendAsync("POST", $"{Mary}/password/set_compromised")).Code);
        await stage.DoAsync("POST", $"{Mary}/remove_password");
    }

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_rfc(long seconds, string code)
    {
        const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";   // RFC 6238, appendix B: the ASCII digits, in base32

        Assert.True(Totp.Matches(Secret, code, seconds));
        Assert.True(Totp.Matches(Secret, code, seconds + 30));
        Assert.False(Totp.Matches(Secret, code, seconds + 90));
    }

    [Fact]
    public async Task Backup_code_is_good_for_once()
    {
        await using var stage = await Stage.SetAsync();

        var first = await stage.DoAsync("POST", $"{Mary}/verify_totp", """{"code":"code-one"}""");
        var second = await stage.SendAsync("POST", $"{Mary}/verify_totp", """{"code":"code-one"}""");

        Assert.Equal("backup_code", first.Text("code_type"));
        Assert.Equal((422, "totp_invalid_length"), (second.Status, second.Code));
    }

    [Theory]
    [InlineData("totp", false, true)]
    [InlineData("backup_code", true, false)]
    [InlineData("mfa", false, false)]
    public async Task Second_factors_are_taken_away(string which, bool totp, bool backup)
    {
        await using var stage = await Stage.SetAsync();
        stage.Clerk.Clock.AdvanceSeconds(60);

        Assert.Equal(stage["user_id"], (await stage.DoAsync("DELETE", $"{Mary}/{which}")).Text("user_id"));

        var user = (await stage.DoAsync("GET", Mary)).Json;
        Assert.Equal((totp, backup, totp), ((bool)user["totp_enabled"]!, (bool)user["backup_code_enabled"]!, (bool)user["two_factor_enabled"]!));
        Assert.Equal(!totp, user["mfa_disabled_at"] is not null);
        Assert.NotNull(user["mfa_enabled_at"]);
    }

    [Fact]
    public async Task First_phone_number_that_is_a_second_factor_is_the_default()
    {
        await using var stage = await Stage.SetAsync();
        await stage.NameAsync("one", "POST", "/v1/phone_numbers", """{"user_id":"{lin}","phone_number":"+12015550121","verified":true,"reserved_for_second_factor":true}""", "id");
        await stage.NameAsync("two", "POST", "/v1/phone_numbers", """{"user_id":"{lin}","phone_number":"+12015550122","verified":true,"reserved_for_second_factor":true}""", "id");

        Assert.False((bool)(await stage.DoAsync("GET", "/v1/phone_numbers/{two}")).Json["default_second_factor"]!);
        await stage.DoAsync("DELETE", "/v1/phone_numbers/{one}");
        Assert.True((bool)(await stage.DoAsync("GET", "/v1/phone_numbers/{two}")).Json["default_second_factor"]!);
        await stage.DoAsync("DELETE", "/v1/users/{lin}/mfa");
        Assert.False((bool)(await stage.DoAsync("GET", "/v1/phone_numbers/{two}")).Json["reserved_for_second_factor"]!);
    }

    [Fact]
    public async Task Primary_address_is_followed_by_another_verified_one()
    {
        await using var stage = await Stage.SetAsync();
        await stage.NameAsync("first", "GET", Mary, null, "primary_email_address_id");

        await stage.DoAsync("DELETE", "/v1/email_addresses/{first}");

        Assert.Equal(stage["email_address_id"], (await stage.DoAsync("GET", Mary)).Text("primary_email_address_id"));
        Assert.Empty((await stage.DoAsync("GET", "/v1/users?email_address=mary@example.com")).Ids());
        await stage.DoAsync("POST", "/v1/users", """{"email_address":["mary@example.com"]}""");
    }

    [Fact]
    public async Task Replacement_is_the_only_address_and_frees_the_others()
    {
        await using var stage = await Stage.SetAsync();

        var email = await stage.DoAsync("PUT", $"{Mary}/email_address", """{"email_address":"only@example.com"}""");
        await stage.DoAsync("PUT", "/v1/users/{lin}/email_address", """{"email_address":"mary@example.com"}""");

        var user = (await stage.DoAsync("GET", Mary)).Json;
        Assert.Equal("only@example.com", (string?)user["email_addresses"]!.AsArray().Single()!["email_address"]);
        Assert.Equal(email.Text("id"), (string?)user["primary_email_address_id"]);
    }

    [Fact]
    public async Task Tokens_of_other_providers_are_told_by_provider()
    {
        await using var stage = await Stage.SetAsync();

        var tokens = await stage.DoAsync("GET", $"{Mary}/oauth_access_tokens/oauth_google?paginated=true");
        Assert.Equal(("ya29.mary", 1), ((string?)tokens.Json["data"]![0]!["token"], tokens.Number("total_count")));
        Assert.Empty((await stage.DoAsync("GET", $"{Mary}/oauth_access_tokens/oauth_github")).Array);

        await stage.DoAsync("DELETE", $"{Mary}/external_accounts/{{external_account_id}}");
        Assert.Empty((await stage.DoAsync("GET", $"{Mary}/oauth_access_tokens/oauth_google")).Array);
        Assert.Empty((await stage.DoAsync("GET", Mary)).Json["external_accounts"]!.AsArray());
    }

    [Fact]
    public async Task Bulk_ban_takes_all_or_none()
    {
        await using var stage = await Stage.SetAsync();

        await stage.SendAsync("POST", "/v1/users/ban", """{"user_ids":["{user_id}","user_2nobody"]}""");
        Assert.False((bool)(await stage.DoAsync("GET", Mary)).Json["banned"]!);

        var banned = await stage.DoAsync("POST", "/v1/users/ban", """{"user_ids":["{user_id}","{lin}"]}""");
        Assert.All(banned.Array, user => Assert.True((bool)user!["banned"]!));
        Assert.Equal(2, (await stage.DoAsync("GET", "/v1/users/count?banned=true")).Number("total_count"));
        await stage.DoAsync("POST", "/v1/users/unban", """{"user_ids":["{user_id}","{lin}"]}""");
        Assert.Equal(0, (await stage.DoAsync("GET", "/v1/users/count?banned=true")).Number("total_count"));
    }
}
