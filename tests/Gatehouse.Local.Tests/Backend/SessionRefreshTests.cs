using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Clerk.Tokens;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Trading an expired session token for a new one.</summary>
[Proves("A8")]
public sealed class SessionRefreshTests
{
    private const string Origin = "http://localhost:5421";

    [Theory]
    [InlineData("token", "", new string[0])]
    [InlineData("cookie", "", new[] { "__session" })]
    [InlineData("cookie", "?suffixed_cookies=true", new[] { "__session", "__session_" })]
    public async Task Expired_token_is_traded_for_a_new_one(string format, string query, string[] cookies)
    {
        await using var clerk = await RunningClerk.StartAsync();
        var (session, body) = await PrepareAsync(clerk);
        body["format"] = format;
        clerk.Clock.AdvanceSeconds(120);

        var answer = await clerk.PostAsync($"/v1/sessions/{session}/refresh{query}", body);

        Assert.Equal(200, answer.Status);
        var lines = format == "token" ? [] : answer.Json["cookies"]!.AsArray().Select(line => (string)line!).ToArray();
        Assert.Equal(cookies.Length, lines.Length);
        Assert.All(lines.Zip(cookies), pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
        var token = await ReadToken.VerifiedAsync(clerk, format == "token" ? answer.Text("jwt") : lines[0].Split('=', 2)[1].Split(';')[0]);
        Assert.Equal((session, Origin), (token.Text("sid"), token.Text("azp")));
        Assert.Equal(clerk.Clock.GetUtcNow().ToUnixTimeSeconds(), token.Number("iat"));
    }

    [Fact]
    public async Task Expired_token_is_traded_once()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var (session, body) = await PrepareAsync(clerk);

        var first = await clerk.PostAsync($"/v1/sessions/{session}/refresh", body.DeepClone());
        var second = await clerk.PostAsync($"/v1/sessions/{session}/refresh", body.DeepClone());
        body["expired_token"] = first.Text("jwt");
        var third = await clerk.PostAsync($"/v1/sessions/{session}/refresh", body);

        Assert.Equal((200, 401, 200), (first.Status, second.Status, third.Status));
        Assert.Equal("session_refresh_expired_session_token_consumed", second.Code);
    }

    public static TheoryData<string, string> Codes => new()
    {
        { "origin", "refresh_request_origin_invalid" },
        { "signature", "expired_session_token_invalid" },
        { "not a token", "expired_session_token_invalid" },
        { "category", "session_refresh_session_token_ineligible" },
        { "azp", "expired_session_token_missing_azp" },
        { "other origin", "refresh_request_origin_azp_mismatch" },
        { "sid", "expired_session_token_missing_sid" },
        { "other session", "refresh_sid_mismatch" },
        { "no session", "session_refresh_session_not_found" },
        { "revoked", "session_refresh_inactive_session" },
        { "refresh token", "refresh_token_not_found" },
        { "another's refresh token", "refresh_token_not_found" },
        { "iat", "session_refresh_expired_session_token_missing_iat" },
        { "old", "session_refresh_expired_session_token_too_old" },
        { "user", "session_refresh_user_not_found" },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Refusal_tells_what_was_wrong(string fault, string code)
    {
        await using var clerk = await RunningClerk.StartAsync();
        var (session, body) = await PrepareAsync(clerk);
        var path = $"/v1/sessions/{session}/refresh";
        switch (fault)
        {
            case "origin":
                body["request_origin"] = "http://localhost:5421/page";
                break;
            case "signature":
                body["expired_token"] = $"{body["expired_token"]}A";
                break;
            case "not a token":
                body["expired_token"] = "abc";
                break;
            case "category":
                body["expired_token"] = Forge(clerk, session, _ => { }, TokenCategory.Template);
                break;
            case "azp" or "sid" or "iat":
                body["expired_token"] = Forge(clerk, session, claims => claims.Remove(fault));
                break;
            case "other origin":
                body["request_origin"] = "http://localhost:1";
                break;
            case "other session":
                path = $"/v1/sessions/{await clerk.SessionAsync(LocalClerkDefaults.GraceUserId)}/refresh";
                break;
            case "no session":
                (path, body["expired_token"]) = ("/v1/sessions/sess_2none/refresh", Forge(clerk, session, claims => claims["sid"] = "sess_2none"));
                break;
            case "revoked":
                await clerk.PostAsync($"/v1/sessions/{session}/revoke");
                break;
            case "refresh token":
                body["refresh_token"] = "rt_unknown";
                break;
            case "another's refresh token":
                body["refresh_token"] = (await PrepareAsync(clerk)).Body["refresh_token"]!.DeepClone();
                break;
            case "old":
                clerk.Clock.AdvanceSeconds((24 * 3600) + 1);
                break;
            default:
                lock (clerk.World.Gate)
                {
                    clerk.World.Data.Users.Remove(clerk.World.Data.Users.Find(LocalClerkDefaults.AdaUserId)!);
                }

                break;
        }

        var answer = await clerk.PostAsync(path, body);

        Assert.Equal((401, code), (answer.Status, answer.Code));
    }

    private static async Task<(string Session, JsonObject Body)> PrepareAsync(RunningClerk clerk)
    {
        var session = await clerk.SessionAsync(LocalClerkDefaults.AdaUserId);
        var token = await clerk.SendAsync(HttpMethod.Post, $"/v1/sessions/{session}/tokens", origin: Origin);
        string refresh;
        lock (clerk.World.Gate)
        {
            refresh = clerk.World.Data.Sessions.Find(session)!.RefreshTokens.Issue(clerk.World.Ids);
        }

        return (session, new JsonObject
        {
            ["expired_token"] = token.Text("jwt"),
            ["refresh_token"] = refresh,
            ["request_origin"] = Origin,
            ["request_headers"] = new JsonObject { ["user-agent"] = new JsonArray("test") },
        });
    }

    private static string Forge(RunningClerk clerk, string session, Action<ClaimSet> change, string category = TokenCategory.Session)
    {
        var now = clerk.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new ClaimSet { ["azp"] = Origin, ["iat"] = now, ["sid"] = session, ["sub"] = LocalClerkDefaults.AdaUserId };
        change(claims);
        return UnsignedToken.Of(clerk.World.Data.Keys.Current, category, claims).Sign();
    }
}
