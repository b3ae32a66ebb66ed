using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests;

public sealed class MachineTests
{
    private const string Hemera = LocalClerkDefaults.HemeraMachineId;

    [Fact]
    public async Task Seeded_machines_have_their_published_secrets_and_scopes()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var expected = new Dictionary<string, (string Secret, string[] Scopes)>(StringComparer.Ordinal)
        {
            [LocalClerkDefaults.AitherMachineId] = ("ak_gatehouse_local_aither", [Hemera]),
            [Hemera] = ("ak_gatehouse_local_hemera", [LocalClerkDefaults.GatehouseMachineId]),
            [LocalClerkDefaults.DeveloperMachineId] = ("ak_gatehouse_local_developer", [LocalClerkDefaults.ShtetlZmanimMachineId]),
            [LocalClerkDefaults.ShtetlZmanimMachineId] = ("ak_gatehouse_local_shtetl_zmanim", [LocalClerkDefaults.GatehouseMachineId]),
            [LocalClerkDefaults.GatehouseMachineId] = ("ak_gatehouse_local_gatehouse", []),
            [LocalClerkDefaults.AnalyzerMachineId] = ("ak_gatehouse_local_analyzer", [LocalClerkDefaults.GatehouseMachineId]),
            [LocalClerkDefaults.GoodTalkMachineId] = ("ak_gatehouse_local_goodtalk", [LocalClerkDefaults.GatehouseMachineId]),
        };
        foreach (var (id, (secret, scopes)) in expected)
        {
            Assert.Equal(secret, (await clerk.GetAsync($"/v1/machines/{id}/secret_key")).Text("secret"));
            var machine = await clerk.GetAsync($"/v1/machines/{id}");
            Assert.Equal(scopes, machine.Json["scoped_machines"]!.AsArray().Select(scope => (string?)scope!["id"]));
            Assert.Null(machine.Json["secret_key"]);
            Assert.Equal(LocalClerkDefaults.InstanceId, machine.Text("instance_id"));
        }
    }

    [Fact]
    public async Task Machine_is_created_listed_updated_and_deleted()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var created = await clerk.PostAsync("/v1/machines", JsonNode.Parse($$"""{"name":"worker","scoped_machines":["{{Hemera}}"],"default_token_ttl":60}"""));

        var id = created.Text("id");
        Assert.StartsWith("ak_", created.Text("secret_key"), StringComparison.Ordinal);
        Assert.Equal([id], (await clerk.GetAsync("/v1/machines?query=WORK")).Ids());
        Assert.Equal(8, (await clerk.GetAsync("/v1/machines?limit=1")).Number("total_count"));
        Assert.Equal(id, (await clerk.GetAsync("/v1/machines?order_by=-name")).Ids()[0]);
        var updated = await clerk.SendAsync(HttpMethod.Patch, $"/v1/machines/{id}", JsonNode.Parse("""{"name":"other","default_token_ttl":120}"""));
        Assert.Equal(("other", 120), (updated.Text("name"), updated.Number("default_token_ttl")));
        Assert.Equal(200, (await clerk.SendAsync(HttpMethod.Delete, $"/v1/machines/{id}")).Status);
        Assert.Equal(404, (await clerk.GetAsync($"/v1/machines/{id}")).Status);
    }

    [Fact]
    public async Task Deleted_machine_cannot_mint_and_its_tokens_and_scopes_are_gone()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var sender = clerk.AsMachine(LocalClerkDefaults.AitherMachineSecret);
        var token = (await clerk.SendAsync(HttpMethod.Post, "/m2m_tokens", client: sender)).Text("token");

        await clerk.SendAsync(HttpMethod.Delete, $"/v1/machines/{Hemera}");
        Assert.Empty((await clerk.GetAsync($"/v1/machines/{LocalClerkDefaults.AitherMachineId}")).Json["scoped_machines"]!.AsArray());
        await clerk.SendAsync(HttpMethod.Delete, $"/v1/machines/{LocalClerkDefaults.AitherMachineId}");

        Assert.Equal(404, (await clerk.PostAsync("/m2m_tokens/verify", new JsonObject { ["token"] = token })).Status);
        Assert.Equal(401, (await clerk.SendAsync(HttpMethod.Post, "/m2m_tokens", client: sender)).Status);
    }

    [Fact]
    public async Task Rotated_secret_stays_good_as_long_as_was_said()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var rotated = await clerk.PostAsync($"/v1/machines/{Hemera}/secret_key/rotate", new JsonObject { ["previous_token_ttl"] = 60 });
        using var before = clerk.AsMachine(LocalClerkDefaults.HemeraMachineSecret);
        using var after = clerk.AsMachine(rotated.Text("secret"));

        Assert.Equal(201, (await clerk.SendAsync(HttpMethod.Post, "/m2m_tokens", client: before)).Status);
        Assert.Equal(201, (await clerk.SendAsync(HttpMethod.Post, "/m2m_tokens", client: after)).Status);
        clerk.Clock.AdvanceSeconds(60);
        Assert.Equal(401, (await clerk.SendAsync(HttpMethod.Post, "/m2m_tokens", client: before)).Status);
        Assert.Equal(201, (await clerk.SendAsync(HttpMethod.Post, "/m2m_tokens", client: after)).Status);
    }

    [Theory]
    [InlineData("POST", "", "{}", 422, "name")]
    [InlineData("POST", "", """{"name":""}""", 422, "name")]
    [InlineData("POST", "", """{"name":"x","scoped_machines":["mch_2none"]}""", 404, null)]
    [InlineData("POST", "", """{"name":"x","default_token_ttl":0}""", 422, "default_token_ttl")]
    [InlineData("PATCH", "/" + Hemera, """{"name":""}""", 422, "name")]
    [InlineData("POST", "/" + Hemera + "/secret_key/rotate", "{}", 422, "previous_token_ttl")]
    [InlineData("POST", "/" + Hemera + "/secret_key/rotate", """{"previous_token_ttl":28801}""", 422, "previous_token_ttl")]
    [InlineData("POST", "/" + Hemera + "/scopes", "{}", 422, "to_machine_id")]
    [InlineData("POST", "/" + Hemera + "/scopes", """{"to_machine_id":"mch_2none"}""", 404, null)]
    [InlineData("POST", "/" + Hemera + "/scopes", """{"to_machine_id":"mch_2LocalHemera000000000000001"}""", 422, "to_machine_id")]
    [InlineData("POST", "/mch_2LocalAither000000000000001/scopes", """{"to_machine_id":"mch_2LocalHemera000000000000001"}""", 409, "to_machine_id")]
    [InlineData("DELETE", "/" + Hemera + "/scopes/mch_2none", null, 404, null)]
    [InlineData("DELETE", "/mch_2none", null, 404, null)]
    public async Task Faults_are_refused(string method, string path, string? body, int status, string? parameter)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.SendAsync(new HttpMethod(method), $"/v1/machines{path}", body is null ? null : JsonNode.Parse(body));

        Assert.Equal((status, parameter), (answer.Status, answer.Parameter));
    }
}
