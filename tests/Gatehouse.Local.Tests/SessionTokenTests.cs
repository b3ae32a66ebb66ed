using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests;

public sealed class SessionTokenTests
{
    [Fact]
    public async Task Session_token_carries_the_claims_of_version_2()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(LocalClerkDefaults.GraceUserId);
        clerk.Clock.AdvanceSeconds(150);

        var answer = await clerk.SendAsync(HttpMethod.Post, $"/v1/sessions/{session}/tokens", origin: "http://localhost:5421");

        Assert.Equal("token", answer.Text("object"));
        var token = await ReadToken.VerifiedAsync(clerk, answer.Text("jwt"));
        var now = clerk.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal("cl_B7d4PD111AAA", (string?)token.Header["cat"]);
        Assert.Equal(LocalClerkDefaults.InstanceId, (string?)token.Header["kid"]);
        Assert.Equal("JWT", (string?)token.Header["typ"]);
        Assert.Equal("RS256", (string?)token.Header["alg"]);
        Assert.Equal(
            ["azp", "exp", "fva", "iat", "iss", "jti", "nbf", "sid", "sts", "sub", "v"],
            token.Claims.Select(claim => claim.Key));
        Assert.Equal("http://localhost:5421", token.Text("azp"));
        Assert.Equal(now, token.Number("iat"));
        Assert.Equal(now + 60, token.Number("exp"));
        Assert.Equal(now - 5, token.Number("nbf"));
        Assert.Equal(LocalClerkDefaults.Issuer, token.Text("iss"));
        Assert.Equal(session, token.Text("sid"));
        Assert.Equal("active", token.Text("sts"));
        Assert.Equal(LocalClerkDefaults.GraceUserId, token.Text("sub"));
        Assert.Equal(2, token.Number("v"));
        Assert.Equal("[2,-1]", token.Claims["fva"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_an_origin_there_is_no_azp()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(LocalClerkDefaults.GraceUserId);

        var answer = await clerk.PostAsync($"/v1/sessions/{session}/tokens");

        Assert.False((await ReadToken.VerifiedAsync(clerk, answer.Text("jwt"))).Claims.ContainsKey("azp"));
    }

    [Fact]
    public async Task Active_organization_is_told_as_o()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(LocalClerkDefaults.AdaUserId, LocalClerkDefaults.OperatorsOrganizationId);

        var answer = await clerk.PostAsync($"/v1/sessions/{session}/tokens");

        var token = await ReadToken.VerifiedAsync(clerk, answer.Text("jwt"));
        Assert.Equal(
            $$"""{"id":"{{LocalClerkDefaults.OperatorsOrganizationId}}","rol":"admin","slg":"operators"}""",
            token.Claims["o"]!.ToJsonString());
    }

    [Theory]
    [InlineData(29, 422)]
    [InlineData(30, 200)]
    [InlineData(3600, 200)]
    [InlineData(315360000, 200)]
    [InlineData(315360001, 422)]
    public async Task Lifetime_can_be_asked_for_within_its_bounds(int seconds, int status)
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(LocalClerkDefaults.GraceUserId);

        var answer = await clerk.PostAsync($"/v1/sessions/{session}/tokens", new JsonObject { ["expires_in_seconds"] = seconds });

        Assert.Equal(status, answer.Status);
        if (status == 200)
        {
            var token = await ReadToken.VerifiedAsync(clerk, answer.Text("jwt"));
            Assert.Equal(seconds, token.Number("exp") - token.Number("iat"));
        }
        else
        {
            Assert.Equal("expires_in_seconds", answer.Parameter);
        }
    }

    [Fact]
    public async Task Lifetime_of_a_templates_token_can_be_asked_for()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(LocalClerkDefaults.AitherServiceUserId);

        var answer = await clerk.PostAsync($"/v1/sessions/{session}/tokens/hemera-api", new JsonObject { ["expires_in_seconds"] = 45 });

        var token = await ReadToken.VerifiedAsync(clerk, answer.Text("jwt"));
        Assert.Equal(45, token.Number("exp") - token.Number("iat"));
    }

    [Fact]
    [Proves("A8", "A51", "A52")]
    public async Task Service_users_template_token_holds_the_three_claims_and_lives_900_seconds()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(LocalClerkDefaults.AitherServiceUserId);

        var answer = await clerk.PostAsync($"/v1/sessions/{session}/tokens/hemera-api");

        var token = await ReadToken.VerifiedAsync(clerk, answer.Text("jwt"));
        Assert.Equal("cl_B7d4PD222AAA", (string?)token.Header["cat"]);
        Assert.Equal(["exp", "iat", "iss", "jti", "nbf", "role", "service", "sub", "userId"], token.Claims.Select(claim => claim.Key));
        Assert.Equal(LocalClerkDefaults.AitherServiceUserId, token.Text("userId"));
        Assert.Equal("api-client", token.Text("role"));
        Assert.Equal("aither", token.Text("service"));
        Assert.Equal(900, token.Number("exp") - token.Number("iat"));
    }

    [Fact]
    public async Task Unknown_template_and_unknown_session_are_404()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(LocalClerkDefaults.GraceUserId);

        Assert.Equal("resource_not_found", (await clerk.PostAsync($"/v1/sessions/{session}/tokens/no-such")).Code);
        Assert.Equal(404, (await clerk.PostAsync("/v1/sessions/sess_2none/tokens")).Status);
    }

    [Fact]
    public async Task Revoked_session_mints_nothing()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(LocalClerkDefaults.GraceUserId);

        var revoked = await clerk.PostAsync($"/v1/sessions/{session}/revoke");

        Assert.Equal("revoked", revoked.Text("status"));
        Assert.Equal(404, (await clerk.PostAsync($"/v1/sessions/{session}/tokens")).Status);
    }

    [Fact]
    public async Task Ban_revokes_sessions_and_lock_does_not()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var grace = await clerk.SessionAsync(LocalClerkDefaults.GraceUserId);
        var lin = await clerk.SessionAsync(LocalClerkDefaults.LinUserId);

        await clerk.PostAsync($"/v1/users/{LocalClerkDefaults.GraceUserId}/ban");
        await clerk.PostAsync($"/v1/users/{LocalClerkDefaults.LinUserId}/lock");

        Assert.Equal("revoked", (await clerk.GetAsync($"/v1/sessions/{grace}")).Text("status"));
        Assert.Equal("active", (await clerk.GetAsync($"/v1/sessions/{lin}")).Text("status"));
        var body = new JsonObject { ["user_id"] = LocalClerkDefaults.GraceUserId };
        Assert.Equal("user_banned", (await clerk.PostAsync("/v1/sessions", body)).Code);
    }

    [Fact]
    public async Task Session_customization_adds_claims_to_every_session_token()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var claims = new JsonObject { ["claims"] = new JsonObject { ["role"] = "{{user.public_metadata.role}}", ["v1"] = new JsonArray(1, "x") } };
        Assert.Equal(200, (await clerk.SendAsync(HttpMethod.Put, "/_local/session-claims", claims)).Status);
        var session = await clerk.SessionAsync(LocalClerkDefaults.LinUserId);

        var answer = await clerk.PostAsync($"/v1/sessions/{session}/tokens");

        var token = await ReadToken.VerifiedAsync(clerk, answer.Text("jwt"));
        Assert.Equal("viewer", token.Text("role"));
        Assert.Equal("""[1,"x"]""", token.Claims["v1"]!.ToJsonString());
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("o")]
    [InlineData("org_role")]
    public async Task Session_customization_may_not_write_clerks_own_claims(string name)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.SendAsync(
            HttpMethod.Put, "/_local/session-claims", new JsonObject { ["claims"] = new JsonObject { [name] = "x" } });

        Assert.Equal((400, "jwt_template_reserved_claim"), (answer.Status, answer.Code));
    }
}
