using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.Sessions;

namespace Gatehouse.Local.Tests;

public sealed class JwtTemplateTests
{
    [Theory]
    [InlineData("{{user.id}}", "\"" + LocalClerkDefaults.AdaUserId + "\"")]
    [InlineData("{{ user.first_name }}", "\"Ada\"")]
    [InlineData("{{user.last_name}}", "\"Lovelace\"")]
    [InlineData("{{user.full_name}}", "\"Ada Lovelace\"")]
    [InlineData("{{user.username}}", "null")]
    [InlineData("{{user.external_id}}", "null")]
    [InlineData("{{user.primary_email_address}}", "\"ada+clerk_test@example.com\"")]
    [InlineData("{{user.primary_phone_number}}", "null")]
    [InlineData("{{user.primary_web3_wallet}}", "null")]
    [InlineData("{{user.email_verified}}", "true")]
    [InlineData("{{user.phone_number_verified}}", "false")]
    [InlineData("{{user.two_factor_enabled}}", "false")]
    [InlineData("{{user.has_image}}", "false")]
    [InlineData("{{user.created_at}}", "1767225600")]
    [InlineData("{{user.updated_at}}", "1767225600")]
    [InlineData("{{user.public_metadata}}", """{"role":"admin"}""")]
    [InlineData("{{user.public_metadata.role}}", "\"admin\"")]
    [InlineData("{{user.public_metadata.role.deeper}}", "null")]
    [InlineData("{{user.unsafe_metadata}}", "{}")]
    [InlineData("{{user.private_metadata}}", "null")]
    [InlineData("{{user.organizations}}",
        """{"org_2LocalOperators000000000001":"org:admin","org_2LocalKrypton00000000000001":"org:admin"}""")]
    [InlineData("{{org.id}}", "\"org_2LocalOperators000000000001\"")]
    [InlineData("{{org.name}}", "\"Operators\"")]
    [InlineData("{{org.slug}}", "\"operators\"")]
    [InlineData("{{org.role}}", "\"org:admin\"")]
    [InlineData("{{org.public_metadata}}", "{}")]
    [InlineData("{{org_membership.role}}", "\"org:admin\"")]
    [InlineData("{{org_membership.public_metadata}}", "{}")]
    [InlineData("{{session.actor}}", "null")]
    [InlineData("{{session.reverification_id}}", "null")]
    [InlineData("{{user.no_such_thing}}", "null")]
    [InlineData("{{}}", "null")]
    [InlineData("{{user.username || 'nobody'}}", "\"nobody\"")]
    [InlineData("{{user.username || user.external_id || 'a || b'}}", "\"a || b\"")]
    [InlineData("{{user.username || user.external_id}}", "null")]
    [InlineData("{{user.two_factor_enabled || false}}", "false")]
    [InlineData("{{user.username || 0}}", "0")]
    [InlineData("{{0 || 1}}", "0")]
    [InlineData("{{user.username || -1.5}}", "-1.5")]
    [InlineData("{{true}}", "true")]
    [InlineData("{{ 12monkeys }}", "null")]
    [InlineData("Hello {{user.first_name}}!", "\"Hello Ada!\"")]
    [InlineData("{{user.username}} {{user.first_name}}", "\"null Ada\"")]
    [InlineData("v{{user.email_verified}} {{user.public_metadata}}", """
        "vtrue {\"role\":\"admin\"}"
        """)]
    [InlineData("{{user.id", "\"{{user.id\"")]
    [InlineData("plain", "\"plain\"")]
    public async Task Shortcodes_take_their_values(string text, string expected)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var claims = await MintAsync(clerk, new JsonObject { ["x"] = text });

        Assert.Equal(expected.Trim(), claims["x"]?.ToJsonString(Relaxed) ?? "null");
        Assert.True(claims.ContainsKey("x"));
    }

    [Fact]
    public async Task Static_values_pass_through_and_shortcodes_work_at_any_depth()
    {
        await using var clerk = await RunningClerk.StartAsync();
        const string Claims = """{"aud":["a","b"],"n":1.50,"big":12345678901234567890,"deep":[{"id":["{{user.first_name}}",null,true]}],"{{user.id}}":1}""";

        var claims = await MintAsync(clerk, JsonNode.Parse(Claims)!.AsObject());

        Assert.Equal("""["a","b"]""", claims["aud"]!.ToJsonString());
        Assert.Equal("1.50", claims["n"]!.ToJsonString());
        Assert.Equal("12345678901234567890", claims["big"]!.ToJsonString());
        Assert.Equal("""[{"id":["Ada",null,true]}]""", claims["deep"]!.ToJsonString());
        Assert.Equal(1, (int)claims["{{user.id}}"]!);
    }

    [Fact]
    public async Task Values_within_text_are_not_escaped_twice()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await clerk.SendAsync(
            HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.AdaUserId}/metadata", JsonNode.Parse("""{"public_metadata":{"note":"a+b <é>"}}"""));

        var claims = await MintAsync(clerk, new JsonObject { ["x"] = "of {{user.public_metadata}} {{user.public_metadata.note}}" });

        Assert.Equal("""of {"role":"admin","note":"a+b <é>"} a+b <é>""", (string?)claims["x"]);
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("iss")]
    [InlineData("azp")]
    [InlineData("exp")]
    [InlineData("iat")]
    [InlineData("nbf")]
    [InlineData("jti")]
    [InlineData("sid")]
    public async Task Reserved_claims_are_refused(string name)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await CreateAsync(clerk, new JsonObject { [name] = "x" });

        Assert.Equal((400, "jwt_template_reserved_claim"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("""{"claims":{}}""", "form_param_missing", "name")]
    [InlineData("""{"name":"x"}""", "form_param_missing", "claims")]
    [InlineData("""{"name":"x","claims":null}""", "form_param_nil", "claims")]
    [InlineData("""{"name":"x","claims":[]}""", "form_param_type_invalid", "claims")]
    [InlineData("""{"name":"a b","claims":{}}""", "form_param_format_invalid", "name")]
    [InlineData("""{"name":"hemera-api","claims":{}}""", "form_param_duplicate", "name")]
    [InlineData("""{"name":"x","claims":{},"lifetime":29}""", "form_param_value_invalid", "lifetime")]
    [InlineData("""{"name":"x","claims":{},"lifetime":"60"}""", "form_param_type_invalid", "lifetime")]
    [InlineData("""{"name":"x","claims":{},"allowed_clock_skew":301}""", "form_param_value_invalid", "allowed_clock_skew")]
    public async Task Faults_are_refused(string body, string code, string parameter)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.PostAsync("/v1/jwt_templates", JsonNode.Parse(body));

        Assert.Equal((422, code, parameter), (answer.Status, answer.Code, answer.Parameter));
    }

    [Fact]
    public async Task Template_is_listed_read_replaced_and_deleted()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var id = (await CreateAsync(clerk, new JsonObject { ["a"] = 1 })).Text("id");

        Assert.Contains(id, (await clerk.GetAsync("/v1/jwt_templates")).Ids());
        Assert.Equal(2, (await clerk.GetAsync("/v1/jwt_templates?paginated=true&limit=1")).Number("total_count"));
        var replaced = await clerk.SendAsync(
            HttpMethod.Patch, $"/v1/jwt_templates/{id}", JsonNode.Parse("""{"name":"other","claims":{"b":2},"lifetime":45,"allowed_clock_skew":0}"""));
        Assert.Equal("""{"b":2}""", replaced.Json["claims"]!.ToJsonString());
        Assert.Equal(("other", 45, 0), (replaced.Text("name"), replaced.Number("lifetime"), replaced.Number("allowed_clock_skew")));
        Assert.Equal(200, (await clerk.SendAsync(HttpMethod.Delete, $"/v1/jwt_templates/{id}")).Status);
        Assert.Equal(404, (await clerk.GetAsync($"/v1/jwt_templates/{id}")).Status);
    }

    [Fact]
    public async Task Refused_change_leaves_the_template_as_it_was()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var id = (await CreateAsync(clerk, new JsonObject { ["a"] = 1 })).Text("id");

        var answer = await clerk.SendAsync(HttpMethod.Patch, $"/v1/jwt_templates/{id}", JsonNode.Parse("""{"name":"other","claims":{"sub":2}}"""));

        Assert.Equal(400, answer.Status);
        Assert.Equal("x", (await clerk.GetAsync($"/v1/jwt_templates/{id}")).Text("name"));
    }

    private static System.Text.Json.JsonSerializerOptions Relaxed { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Task<Answer> CreateAsync(RunningClerk clerk, JsonObject claims) =>
        clerk.PostAsync("/v1/jwt_templates", new JsonObject { ["name"] = "x", ["claims"] = claims });

    private static async Task<JsonObject> MintAsync(RunningClerk clerk, JsonObject claims)
    {
        Assert.Equal(200, (await CreateAsync(clerk, claims)).Status);
        var session = await clerk.SessionAsync(LocalClerkDefaults.AdaUserId, LocalClerkDefaults.OperatorsOrganizationId);
        var answer = await clerk.PostAsync($"/v1/sessions/{session}/tokens/x");
        return (await ReadToken.VerifiedAsync(clerk, answer.Text("jwt"))).Claims;
    }

    [Fact]
    public void A_session_of_an_actor_token_names_its_actor()
    {
        var world = new ClerkWorld(TimeProvider.System, seed: 1);
        var session = SessionCreation.Create(world, LocalClerkDefaults.GraceUserId, null).Session!;
        session.Actor = new JsonObject { ["sub"] = LocalClerkDefaults.AdaUserId };

        var claims = TemplateEvaluator.Evaluate(new JsonObject { ["by"] = "{{session.actor}}" }, ShortcodeContext.Of(world.Data, session));

        Assert.Equal(LocalClerkDefaults.AdaUserId, claims["by"]!["sub"]!.GetValue<string>());
    }

    [Fact]
    public async Task Session_claims_are_weighed_for_the_user_they_are_largest_for()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await clerk.SendAsync(HttpMethod.Put, "/_local/session-claims", JsonNode.Parse("""{"claims":{"name":"{{user.first_name}}"}}"""));
        var small = (await clerk.GetAsync("/_local/session-claims/size")).Json;
        Assert.Equal(("""{"name":"Aither"}""".Length, true), (small["claims"]!.GetValue<int>(), small["within_advice"]!.GetValue<bool>()));
        Assert.Equal(LocalClerkDefaults.AitherServiceUserId, small["worst_user"]!.GetValue<string>());

        var much = new JsonObject { ["public_metadata"] = new JsonObject { ["notes"] = new string('x', 1200) } };
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.LinUserId}/metadata", much);
        await clerk.SendAsync(HttpMethod.Put, "/_local/session-claims", JsonNode.Parse("""{"claims":{"all":"{{user.public_metadata}}"}}"""));
        var large = (await clerk.GetAsync("/_local/session-claims/size")).Json;
        Assert.False(large["within_advice"]!.GetValue<bool>());
        Assert.Equal(LocalClerkDefaults.LinUserId, large["worst_user"]!.GetValue<string>());
    }
}
