using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests;

public sealed class ControlTests
{
    [Fact]
    public async Task State_is_told_and_reset_makes_it_as_it_was()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:Seed", "7"));
        var first = (await clerk.PostAsync("/v1/users", new JsonObject { ["first_name"] = "New" })).Text("id");
        await clerk.PostAsync("/_local/keys/rotate");
        await clerk.PostAsync("/_local/clock", new JsonObject { ["advance_seconds"] = 60 });
        Assert.Equal(5, (await clerk.GetAsync("/_local/state")).Number("users"));

        var state = await clerk.PostAsync("/_local/reset");

        Assert.Equal(
            $$"""{"name":"clerk","instance_id":"{{LocalClerkDefaults.InstanceId}}","now":{{clerk.Clock.GetUtcNow().ToUnixTimeMilliseconds()}},"users":4,"organizations":2}""",
            state.Body);
        Assert.Single((await clerk.GetAsync("/v1/jwks")).Json["keys"]!.AsArray());
        Assert.Equal(first, (await clerk.PostAsync("/v1/users", new JsonObject { ["first_name"] = "New" })).Text("id"));
    }

    [Fact]
    public async Task Same_seed_gives_the_same_faults_again()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var first = await StatusesAsync(clerk, seed: 5);
        var second = await StatusesAsync(clerk, seed: 5);

        Assert.Equal(first, second);
        Assert.Contains(200, first);
        Assert.Contains(429, first);
        Assert.Contains(500, first);
        Assert.Contains(503, first);
        Assert.NotEqual(first, await StatusesAsync(clerk, seed: 6));
    }

    [Fact]
    public async Task Refusal_on_purpose_says_when_to_come_again()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await SetFaultsAsync(clerk, """{"api":{"status_429":1}}""");

        var answer = await clerk.GetAsync("/v1/users");

        Assert.Equal((429, "too_many_requests", "1"), (answer.Status, answer.Code, answer.RetryAfter));
    }

    [Fact]
    public async Task Connections_are_closed_on_purpose_and_the_key_set_is_no_exception()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await SetFaultsAsync(clerk, """{"api":{"close":1}}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => clerk.GetAsync("/v1/users"));
        await Assert.ThrowsAsync<HttpRequestException>(() => clerk.GetAsync("/.well-known/jwks.json"));

        await SetFaultsAsync(clerk, "{}");
        Assert.Equal(200, (await clerk.GetAsync("/v1/users")).Status);
    }

    [Fact]
    public async Task Answers_are_delayed_by_the_servers_clock()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await SetFaultsAsync(clerk, """{"api":{"delay_ms":5000}}""");

        var answer = clerk.GetAsync("/v1/users");
        Assert.True(SpinWait.SpinUntil(() => clerk.Clock.WaitingTimers > 0, TimeSpan.FromSeconds(30)));
        Assert.False(answer.IsCompleted);
        clerk.Clock.AdvanceSeconds(5);

        Assert.Equal(200, (await answer).Status);
    }

    [Theory]
    [InlineData("""{"api":{"status_429":2}}""", "status_429")]
    [InlineData("""{"api":{"delay_ms":-1}}""", "delay_ms")]
    [InlineData("""{"api":7}""", "api")]
    [InlineData("""{"apii":{}}""", "apii")]
    public async Task Faults_that_make_no_sense_are_refused(string body, string parameter)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.SendAsync(HttpMethod.Put, "/_local/faults", JsonNode.Parse(body));

        Assert.Equal((422, parameter), (answer.Status, answer.Parameter));
    }

    [Fact]
    public async Task Limits_are_set_while_running()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await SetFaultsAsync(clerk, """{"limits":{"backend_per_10s":1}}""");

        Assert.Equal(200, (await clerk.GetAsync("/v1/users")).Status);
        Assert.Equal(429, (await clerk.GetAsync("/v1/users")).Status);
    }

    [Fact]
    public async Task Clock_is_advanced_and_set()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var machine = clerk.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        Assert.Equal(machine + 90_000, (await clerk.PostAsync("/_local/clock", new JsonObject { ["advance_seconds"] = 90 })).Number("now"));
        Assert.Equal(machine + 100_000, (await clerk.PostAsync("/_local/clock", new JsonObject { ["advance_seconds"] = 10 })).Number("now"));
        Assert.Equal(machine - 3_000, (await clerk.PostAsync("/_local/clock", new JsonObject { ["offset_seconds"] = -3 })).Number("now"));
        Assert.Equal(-3, (await clerk.GetAsync("/_local/clock")).Number("offset_seconds"));
    }

    [Fact]
    public async Task Rotated_key_signs_and_the_earlier_one_stays_in_the_set()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(LocalClerkDefaults.LinUserId);
        var before = (await clerk.PostAsync($"/v1/sessions/{session}/tokens")).Text("jwt");

        var rotated = await clerk.PostAsync("/_local/keys/rotate");

        var after = (await clerk.PostAsync($"/v1/sessions/{session}/tokens")).Text("jwt");
        Assert.Equal(LocalClerkDefaults.InstanceId, (string?)(await ReadToken.VerifiedAsync(clerk, before)).Header["kid"]);
        Assert.Equal(rotated.Text("kid"), (string?)(await ReadToken.VerifiedAsync(clerk, after)).Header["kid"]);

        await clerk.PostAsync("/_local/keys/rotate", new JsonObject { ["keep_previous"] = false });
        Assert.Single((await clerk.GetAsync("/__clerk/.well-known/jwks.json")).Json["keys"]!.AsArray());
    }

    [Fact]
    public async Task Session_tokens_live_as_long_as_the_instance_is_told()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:SessionTokenSeconds", "90"));
        var session = await clerk.SessionAsync(LocalClerkDefaults.LinUserId);
        Assert.Equal(90, await LifetimeAsync());

        await clerk.SendAsync(HttpMethod.Put, "/_local/session-claims", JsonNode.Parse("""{"claims":{},"lifetime":3600}"""));
        Assert.Equal(3600, await LifetimeAsync());

        await clerk.PostAsync("/_local/reset");
        Assert.Equal(90, (await clerk.GetAsync("/_local/session-claims")).Number("lifetime"));

        async Task<long> LifetimeAsync()
        {
            var token = await ReadToken.VerifiedAsync(clerk, (await clerk.PostAsync($"/v1/sessions/{session}/tokens")).Text("jwt"));
            return (long)token.Claims["exp"]! - (long)token.Claims["iat"]!;
        }
    }

    [Fact]
    public async Task Clock_can_start_with_an_offset()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:ClockOffsetSeconds", "-30"));

        Assert.Equal(
            clerk.Clock.GetUtcNow().ToUnixTimeMilliseconds() - 30_000,
            (await clerk.GetAsync("/_local/state")).Number("now"));
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1000001")]
    [InlineData("\"fast\"")]
    public async Task Webhook_time_passes_no_slower_than_the_clock(string factor)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.PostAsync("/_local/clock", JsonNode.Parse($$"""{"webhook_time_factor":{{factor}},"advance_seconds":5}"""));

        Assert.Equal((422, "webhook_time_factor"), (answer.Status, answer.Parameter));
        Assert.Equal(0, (await clerk.GetAsync("/_local/clock")).Number("offset_seconds"));
    }

    [Fact]
    public async Task Requests_are_told_from_a_number_on()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await clerk.GetAsync("/v1/users?limit=1");
        await clerk.GetAsync("/v1/users/user_2nobody");
        using var machine = clerk.AsMachine(LocalClerkDefaults.AitherMachineSecret);
        await clerk.SendAsync(HttpMethod.Post, "/m2m_tokens", client: machine);

        var all = (await clerk.GetAsync("/_local/requests")).Json["requests"]!.AsArray();
        var rest = (await clerk.GetAsync("/_local/requests?after=2")).Json["requests"]!.AsArray();

        Assert.Equal(["/v1/users", "/v1/users/user_2nobody", "/m2m_tokens"], all.Select(request => (string?)request!["path"]));
        Assert.Equal([200, 404, 201], all.Select(request => (int)request!["status"]!));
        Assert.Equal(LocalClerkDefaults.AitherMachineId, (string?)rest.Single()!["caller"]);
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("http://localhost:5421", 403)]
    [InlineData("null", 403)]
    [InlineData(null, 200)]
    public async Task Pages_of_other_origins_are_refused(string? origin, int status)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.SendAsync(HttpMethod.Post, "/_local/reset", origin: origin);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task A_page_of_its_own_is_let_in()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.SendAsync(HttpMethod.Post, "/_local/reset", origin: clerk.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal(200, answer.Status);
    }

    private static async Task<List<int>> StatusesAsync(RunningClerk clerk, int seed)
    {
        await SetFaultsAsync(clerk, $$$"""{"seed":{{{seed}}},"api":{"status_429":0.3,"status_5xx":0.3}}""");
        var statuses = new List<int>();
        for (var count = 0; count < 40; count++)
        {
            statuses.Add((await clerk.GetAsync("/v1/instance")).Status);
        }

        return statuses;
    }

    private static async Task SetFaultsAsync(RunningClerk clerk, string faults) =>
        Assert.Equal(200, (await clerk.SendAsync(HttpMethod.Put, "/_local/faults", JsonNode.Parse(faults))).Status);
}
