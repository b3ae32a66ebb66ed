using System.Text.Json.Nodes;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>API keys, OAuth access tokens, sign-in and actor tokens: who gets in, how long, and what ends it.</summary>
[Proves("A8")]
public sealed class KeyAndTokenTests
{
    private const string Key = "/v1/api_keys/{apiKeyID}";
    private const string VerifyOAuth = "/oauth_applications/access_tokens/verify";

    [Fact]
    public async Task Secret_is_told_when_the_key_is_made_and_when_it_is_asked_for()
    {
        await using var stage = await Stage.SetAsync();

        Assert.StartsWith("ak_", stage["api_key_secret"], StringComparison.Ordinal);
        Assert.Null((await stage.DoAsync("GET", Key)).Json["secret"]);
        Assert.Equal(stage["api_key_secret"], (await stage.DoAsync("GET", $"{Key}/secret")).Text("secret"));
    }

    [Fact]
    public async Task Verified_key_notes_its_use()
    {
        await using var stage = await Stage.SetAsync();
        stage.Clerk.Clock.AdvanceSeconds(10);

        var verified = await stage.DoAsync("POST", "/api_keys/verify", """{"secret":"{api_key_secret}"}""");

        Assert.Equal((stage["apiKeyID"], stage["user_id"]), (verified.Text("id"), verified.Text("subject")));
        Assert.Equal(stage.Clerk.Clock.GetUtcNow().ToUnixTimeMilliseconds(), (await stage.DoAsync("GET", Key)).Number("last_used_at"));
    }

    [Theory]
    [InlineData("POST", "/revoke", """{"revocation_reason":"lost"}""", true)]
    [InlineData("PATCH", "", """{"seconds_until_expiration":5}""", true)]
    [InlineData("DELETE", "", null, false)]
    public async Task Key_that_ended_is_not_found_and_is_listed_only_when_asked_for(string method, string path, string? body, bool stays)
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync(method, Key + path, body);
        stage.Clerk.Clock.AdvanceSeconds(5);

        var verified = await stage.SendAsync("POST", "/api_keys/verify", """{"secret":"{api_key_secret}"}""");

        Assert.Equal((404, "resource_not_found", null), (verified.Status, verified.Code, verified.Json["clerk_trace_id"]));
        Assert.Empty((await stage.DoAsync("GET", "/v1/api_keys?subject={user_id}")).Ids());
        Assert.Equal(stays ? 1 : 0, (await stage.DoAsync("GET", "/v1/api_keys?subject={user_id}&include_invalid=true")).Number("total_count"));
    }

    [Fact]
    public async Task Null_takes_away_what_a_key_has_and_absence_leaves_it()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", Key, """{"description":"about","claims":{"a":1},"seconds_until_expiration":60,"scopes":["read"]}""");

        var left = await stage.DoAsync("PATCH", Key, "{}");
        var taken = await stage.DoAsync("PATCH", Key, """{"description":null,"claims":null,"seconds_until_expiration":null,"scopes":[]}""");

        Assert.Equal(("about", """{"a":1}"""), (left.Text("description"), left.Json["claims"]!.ToJsonString()));
        Assert.Equal((null, null, null), (taken.Json["description"], taken.Json["claims"], taken.Json["expiration"]));
        Assert.Empty(taken.Json["scopes"]!.AsArray());
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("jwt")]
    public async Task Access_token_says_who_what_and_for_whom(string format)
    {
        await using var stage = await Stage.SetAsync();
        var made = await MintAsync(stage, $$"""{"user":"{user_id}","client_id":"{client_id}","scopes":["email","profile"],"audience":["https://api.example"],"format":"{{format}}"}""");

        var verified = await stage.DoAsync("POST", VerifyOAuth, $$"""{"access_token":"{{made.Text("access_token")}}"}""");

        Assert.Equal((made.Text("id"), stage["client_id"], stage["user_id"]), (verified.Text("id"), verified.Text("client_id"), verified.Text("subject")));
        Assert.Equal("""["email","profile"]""", verified.Json["scopes"]!.ToJsonString());
        Assert.Equal("""["https://api.example"]""", verified.Json["aud"]!.ToJsonString());
        if (format == "jwt")
        {
            var token = await ReadToken.VerifiedAsync(stage.Clerk, made.Text("access_token"));
            Assert.Equal(("at+jwt", null), ((string?)token.Header["typ"], token.Header["cat"]));
            Assert.Equal((made.Text("id"), stage["client_id"], stage["user_id"], "email profile"),
                (token.Text("jti"), token.Text("client_id"), token.Text("sub"), token.Text("scope")));
        }
        else
        {
            Assert.StartsWith("oat_", made.Text("access_token"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Form_of_access_tokens_and_their_scopes_come_from_the_settings_unless_asked_otherwise()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", "/v1/instance/oauth_application_settings", """{"oauth_jwt_access_tokens":true}""");

        var made = await MintAsync(stage, """{"user":"{user_id}","client_id":"{client_id}"}""");

        Assert.Equal(3, made.Text("access_token").Split('.').Length);
        Assert.Equal("profile email", made.Text("scope"));
    }

    [Fact]
    public async Task Opaque_access_token_ends_by_revocation_time_or_with_its_application()
    {
        await using var stage = await Stage.SetAsync();
        const string Wanted = """{"user":"{user_id}","client_id":"{client_id}","seconds_until_expiration":60}""";
        var (revoked, expiring, orphan) = (await MintAsync(stage, Wanted), await MintAsync(stage, Wanted), await MintAsync(stage, """{"user":"{user_id}","client_id":"{client_id}"}"""));

        await stage.DoAsync("POST", "/v1/oauth_applications/{oauth_application_id}/revoke_token", $$"""{"token":"{{revoked.Text("access_token")}}"}""");
        Assert.Equal((404, 200), (await VerifyAsync(stage, revoked), await VerifyAsync(stage, expiring)));

        stage.Clerk.Clock.AdvanceSeconds(60);
        Assert.Equal((404, 200), (await VerifyAsync(stage, expiring), await VerifyAsync(stage, orphan)));

        await stage.DoAsync("DELETE", "/v1/oauth_applications/{oauth_application_id}");
        Assert.Equal(404, await VerifyAsync(stage, orphan));
        Assert.Equal(404, (await stage.SendAsync("POST", "/_local/oauth_access_tokens", """{"user":"{user_id}","client_id":"{client_id}"}""")).Status);
    }

    [Fact]
    public async Task Jwt_access_token_cannot_be_revoked_and_is_inactive_when_expired()
    {
        await using var stage = await Stage.SetAsync();
        var made = await MintAsync(stage, """{"user":"{user_id}","client_id":"{client_id}","format":"jwt","seconds_until_expiration":60}""");

        Assert.Equal(404, (await stage.SendAsync(
            "POST", "/v1/oauth_applications/{oauth_application_id}/revoke_token", $$"""{"token":"{{made.Text("access_token")}}"}""")).Status);
        stage.Clerk.Clock.AdvanceSeconds(60);

        var answer = await stage.DoAsync("POST", $"/v1{VerifyOAuth}", $$"""{"secret":"{{made.Text("access_token")}}"}""");
        Assert.Equal("""{"active":false}""", answer.Body);
    }

    [Fact]
    public async Task Application_keeps_its_secret_to_itself_and_a_public_one_has_none()
    {
        await using var stage = await Stage.SetAsync();

        var open = await stage.DoAsync("POST", "/v1/oauth_applications", """{"name":"Open","public":true}""");
        var first = await stage.DoAsync("POST", "/v1/oauth_applications", """{"name":"Closed"}""");
        var second = await stage.DoAsync("POST", $"/v1/oauth_applications/{first.Text("id")}/rotate_secret");

        Assert.Equal((null, true), (open.Json["client_secret"], (bool)open.Json["pkce_required"]!));
        Assert.NotEqual(first.Text("client_secret"), second.Text("client_secret"));
        Assert.Null((await stage.DoAsync("GET", $"/v1/oauth_applications/{first.Text("id")}")).Json["client_secret"]);
    }

    [Theory]
    [InlineData("sign_in_tokens", "{sign_in_token_id}", "sign_in_token_cannot_be_revoked_code")]
    [InlineData("actor_tokens", "{actor_token_id}", "actor_token_cannot_be_revoked_code")]
    public async Task Ticket_is_revoked_once_and_then_told_without_its_token(string family, string id, string code)
    {
        await using var stage = await Stage.SetAsync();

        var revoked = await stage.DoAsync("POST", $"/v1/{family}/{id}/revoke");
        var again = await stage.SendAsync("POST", $"/v1/{family}/{id}/revoke");

        Assert.Equal(("revoked", null, null), (revoked.Text("status"), revoked.Json["token"], revoked.Json["url"]));
        Assert.Equal((400, code), (again.Status, again.Code));
    }

    [Fact]
    public async Task Ticket_is_found_by_its_token_and_usable_until_it_expires()
    {
        await using var stage = await Stage.SetAsync();
        var signIn = await stage.DoAsync("POST", "/v1/sign_in_tokens", """{"user_id":"{user_id}","org_id":"{organization_id}","expires_in_seconds":60}""");
        var actor = await stage.DoAsync("POST", "/v1/actor_tokens",
            """{"user_id":"{user_id}","actor":{"sub":"{ada}"},"expires_in_seconds":60,"session_max_duration_in_seconds":90}""");
        var world = stage.Clerk.World;

        lock (world.Gate)
        {
            var (first, second) = (world.Data.SignInTokens.FindByToken(signIn.Text("token"))!, world.Data.ActorTokens.FindByToken(actor.Text("token"))!);
            Assert.Equal((stage["organization_id"], 90), (first.OrganizationId, second.SessionSeconds));
            Assert.Equal((true, true), (first.IsUsable(world.Clock.NowMilliseconds), second.IsUsable(world.Clock.NowMilliseconds)));
            stage.Clerk.Clock.AdvanceSeconds(60);
            Assert.Equal((false, false), (first.IsUsable(world.Clock.NowMilliseconds), second.IsUsable(world.Clock.NowMilliseconds)));
        }

        Assert.Contains($"ticket={signIn.Text("token")}", signIn.Text("url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Testing_token_begins_with_its_time()
    {
        await using var stage = await Stage.SetAsync();

        var token = await stage.DoAsync("POST", "/v1/testing_tokens");

        Assert.Matches(@"\A[0-9]{10}-c_\w{27}\z", token.Text("token"));
        Assert.Equal(stage.Clerk.Clock.GetUtcNow().ToUnixTimeSeconds() + 3600, token.Number("expires_at"));
    }

    private static Task<Answer> MintAsync(Stage stage, string body) => stage.DoAsync("POST", "/_local/oauth_access_tokens", body);

    private static async Task<int> VerifyAsync(Stage stage, Answer made) =>
        (await stage.SendAsync("POST", VerifyOAuth, new JsonObject { ["access_token"] = made.Text("access_token") }.ToJsonString())).Status;
}
