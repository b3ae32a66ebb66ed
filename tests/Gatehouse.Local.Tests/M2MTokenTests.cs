using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests;

public sealed class M2MTokenTests
{
    private const string Aither = LocalClerkDefaults.AitherMachineId;

    [Theory]
    [InlineData("")]
    [InlineData("/v1")]
    public async Task Opaque_token_is_verified_for_its_receiver_and_for_the_instance_only(string prefix)
    {
        await using var clerk = await RunningClerk.StartAsync();
        var created = await CreateAsync(clerk, new JsonObject { ["claims"] = new JsonObject { ["a"] = 1 } }, prefix);
        var token = created.Text("token");

        Assert.Equal(201, created.Status);
        Assert.StartsWith("mt_", token, StringComparison.Ordinal);
        Assert.Matches(@"\Amt_[0-9a-f]{32}\z", created.Text("id"));
        Assert.Equal(200, (await VerifyAsync(clerk, LocalClerkDefaults.HemeraMachineSecret, token, prefix)).Status);
        Assert.Equal(200, (await VerifyAsync(clerk, LocalClerkDefaults.SecretKey, token, prefix)).Status);
        Assert.Equal(404, (await VerifyAsync(clerk, LocalClerkDefaults.DeveloperMachineSecret, token, prefix)).Status);
        Assert.Equal(404, (await VerifyAsync(clerk, LocalClerkDefaults.AitherMachineSecret, token, prefix)).Status);
        Assert.Equal(401, (await VerifyAsync(clerk, "ak_of_nobody", token, prefix)).Status);
    }

    [Fact]
    public async Task Verified_token_is_told_without_its_text_and_as_used()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var created = await CreateAsync(clerk, []);
        clerk.Clock.AdvanceSeconds(10);

        var verified = await VerifyAsync(clerk, LocalClerkDefaults.HemeraMachineSecret, created.Text("token"));

        Assert.Equal(
            ["object", "id", "subject", "scopes", "claims", "revoked", "revocation_reason", "expired", "expiration", "last_used_at", "created_at", "updated_at"],
            verified.Json.AsObject().Select(member => member.Key));
        Assert.Equal(clerk.Clock.GetUtcNow().ToUnixTimeMilliseconds(), verified.Number("last_used_at"));
        Assert.Equal(3_600_000, verified.Number("expiration") - verified.Number("created_at"));
    }

    [Fact]
    public async Task Expired_revoked_and_unknown_tokens_are_not_found()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var expiring = await CreateAsync(clerk, new JsonObject { ["seconds_until_expiration"] = 30 });
        var revoked = await CreateAsync(clerk, []);
        using var sender = clerk.AsMachine(LocalClerkDefaults.AitherMachineSecret);
        var revocation = await clerk.SendAsync(
            HttpMethod.Post, $"/m2m_tokens/{revoked.Text("id")}/revoke", new JsonObject { ["revocation_reason"] = "test" }, sender);
        Assert.Equal((200, true, "test"), (revocation.Status, (bool)revocation.Json["revoked"]!, revocation.Text("revocation_reason")));

        clerk.Clock.AdvanceSeconds(29.999);
        Assert.Equal(200, (await VerifyAsync(clerk, LocalClerkDefaults.HemeraMachineSecret, expiring.Text("token"))).Status);
        clerk.Clock.AdvanceSeconds(0.001);

        foreach (var token in (string[])[expiring.Text("token"), revoked.Text("token"), "mt_unknown", "ak_gatehouse_local_aither", "a.b.c"])
        {
            var answer = await VerifyAsync(clerk, LocalClerkDefaults.HemeraMachineSecret, token);
            Assert.Equal((404, "resource_not_found"), (answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task Jwt_names_receivers_and_claims_and_is_not_kept()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var created = await CreateAsync(clerk, JsonNode.Parse(
            """{"token_format":"jwt","seconds_until_expiration":900,"claims":{"role":"admin"}}""")!.AsObject());

        var token = await ReadToken.VerifiedAsync(clerk, created.Text("token"));
        Assert.Equal("cl_B7d4PD333AAA", (string?)token.Header["cat"]);
        Assert.Equal(["aud", "exp", "iat", "iss", "jti", "nbf", "role", "scopes", "sub"], token.Claims.Select(claim => claim.Key));
        Assert.Equal($"""["{LocalClerkDefaults.HemeraMachineId}"]""", token.Claims["aud"]!.ToJsonString());
        Assert.Equal(LocalClerkDefaults.HemeraMachineId, token.Text("scopes"));
        Assert.Equal((Aither, created.Text("id")), (token.Text("sub"), token.Text("jti")));
        Assert.Equal(900, token.Number("exp") - token.Number("iat"));
        Assert.Equal(0, (await clerk.GetAsync($"/m2m_tokens?subject={Aither}")).Number("total_count"));
        Assert.Equal(404, (await VerifyAsync(clerk, LocalClerkDefaults.HemeraMachineSecret, created.Text("token"))).Status);
    }

    [Fact]
    public async Task Token_is_given_again_while_enough_life_is_left()
    {
        await using var clerk = await RunningClerk.StartAsync();
        JsonObject Request() => JsonNode.Parse("""{"seconds_until_expiration":900,"min_remaining_ttl_seconds":120,"claims":{"a":[1,{"b":2}]}}""")!.AsObject();
        var first = (await CreateAsync(clerk, Request())).Text("token");

        clerk.Clock.AdvanceSeconds(780);
        Assert.Equal(first, (await CreateAsync(clerk, Request())).Text("token"));
        clerk.Clock.AdvanceSeconds(1);
        Assert.NotEqual(first, (await CreateAsync(clerk, Request())).Text("token"));
    }

    [Theory]
    [InlineData("""{"token_format":"paseto"}""", "form_param_value_invalid")]
    [InlineData("""{"seconds_until_expiration":0}""", "form_param_value_invalid")]
    [InlineData("""{"seconds_until_expiration":"900"}""", "form_param_type_invalid")]
    [InlineData("""{"claims":[]}""", "form_param_type_invalid")]
    [InlineData("""{"claims":{"aud":"x"}}""", "machine_token_reserved_claim")]
    [InlineData("""{"seconds_until_expiration":60,"min_remaining_ttl_seconds":60}""", "form_param_value_invalid")]
    [InlineData("""{"unknown":1}""", "form_param_unknown")]
    public async Task Faults_are_400_in_the_plainer_envelope(string body, string code)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await CreateAsync(clerk, JsonNode.Parse(body)!.AsObject());

        Assert.Equal((400, code), (answer.Status, answer.Code));
        Assert.Equal(["errors"], answer.Json.AsObject().Select(member => member.Key));
        Assert.Equal(["message", "long_message", "code"], answer.Json["errors"]![0]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task List_holds_what_is_asked_for()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var live = (await CreateAsync(clerk, [])).Text("id");
        var expired = (await CreateAsync(clerk, new JsonObject { ["seconds_until_expiration"] = 1 })).Text("id");
        var revoked = (await CreateAsync(clerk, [])).Text("id");
        await clerk.PostAsync($"/m2m_tokens/{revoked}/revoke");
        clerk.Clock.AdvanceSeconds(2);

        Assert.Equal([live], await IdsAsync(""));
        Assert.Equal(new[] { live, expired }.Order(StringComparer.Ordinal), (await IdsAsync("&expired=true")).Order(StringComparer.Ordinal));
        Assert.Equal(3, (await IdsAsync("&expired=true&revoked=true")).Length);
        Assert.Equal(400, (await clerk.GetAsync("/m2m_tokens")).Status);
        Assert.Equal(404, (await clerk.GetAsync("/m2m_tokens?subject=mch_2none")).Status);
        using var other = clerk.AsMachine(LocalClerkDefaults.HemeraMachineSecret);
        Assert.Equal(403, (await clerk.SendAsync(HttpMethod.Get, $"/m2m_tokens?subject={Aither}", client: other)).Status);

        async Task<string[]> IdsAsync(string query) =>
            [.. (await clerk.GetAsync($"/m2m_tokens?subject={Aither}{query}")).Json["m2m_tokens"]!.AsArray().Select(token => (string)token!["id"]!)];
    }

    [Fact]
    public async Task Existing_tokens_keep_their_scopes_and_new_ones_take_the_new()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var before = (await CreateAsync(clerk, [])).Text("token");

        await clerk.SendAsync(HttpMethod.Delete, $"/v1/machines/{Aither}/scopes/{LocalClerkDefaults.HemeraMachineId}");

        var after = (await CreateAsync(clerk, [])).Text("token");
        Assert.Equal(200, (await VerifyAsync(clerk, LocalClerkDefaults.HemeraMachineSecret, before)).Status);
        Assert.Equal(404, (await VerifyAsync(clerk, LocalClerkDefaults.HemeraMachineSecret, after)).Status);
    }

    private static async Task<Answer> CreateAsync(RunningClerk clerk, JsonObject body, string prefix = "")
    {
        using var sender = clerk.AsMachine(LocalClerkDefaults.AitherMachineSecret);
        return await clerk.SendAsync(HttpMethod.Post, $"{prefix}/m2m_tokens", body, sender);
    }

    private static async Task<Answer> VerifyAsync(RunningClerk clerk, string secret, string token, string prefix = "")
    {
        using var receiver = clerk.AsMachine(secret);
        return await clerk.SendAsync(HttpMethod.Post, $"{prefix}/m2m_tokens/verify", new JsonObject { ["token"] = token }, receiver);
    }
}
