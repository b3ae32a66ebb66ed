using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Clerk.Webhooks;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Webhooks;

/// <summary>Where webhooks may go, and where not.</summary>
public sealed class EndpointTests
{
    [Theory]
    [InlineData("http://localhost:5430/api/clerk/webhooks")]
    [InlineData("https://localhost/hook")]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://127.8.9.10/x?y=1")]
    [InlineData("http://[::1]:8080/")]
    public async Task Addresses_of_this_machine_are_taken(string url)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await PutAsync(clerk, new JsonArray(new JsonObject { ["url"] = url }));

        Assert.Equal(
            $$"""[{"url":"{{url}}","secret":"{{LocalClerkDefaults.WebhookSecret}}","events":["*"]}]""",
            answer.Body);
    }

    [Theory]
    [InlineData("https://example.com/hook")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://192.168.1.2:5430/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://localhost.example.com/")]
    [InlineData("http://127.0.0.1.example.com/")]
    [InlineData("http://localhost@example.com/")]
    [InlineData("http://user@localhost/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("ftp://localhost/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/hook")]
    [InlineData("localhost:5430")]
    [InlineData("")]
    public async Task Addresses_elsewhere_are_refused(string url)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await PutAsync(clerk, new JsonArray(new JsonObject { ["url"] = url }));

        Assert.Equal((422, "url"), (answer.Status, answer.Parameter));
        Assert.Equal("[]", (await clerk.GetAsync("/_local/endpoints")).Body);
    }

    [Fact]
    public async Task Option_lets_them_be_taken()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:Webhooks:AllowAnyHost", "true"));

        Assert.Equal(200, (await PutAsync(clerk, new JsonArray(new JsonObject { ["url"] = "https://example.com/hook" }))).Status);
        Assert.Equal(422, (await PutAsync(clerk, new JsonArray(new JsonObject { ["url"] = "ftp://example.com/hook" }))).Status);
    }

    [Theory]
    [InlineData("LocalClerk:Webhooks:Endpoints:0:Url", "https://example.com/hook", "AllowAnyHost")]
    [InlineData("LocalClerk:Webhooks:Endpoints:0:Secret", "whsec_", "url")]
    [InlineData("LocalClerk:Webhooks:AllowAnyHost", "perhaps", "true or false")]
    [InlineData("LocalClerk:Webhooks:Keep", "0", "from 1")]
    [InlineData("LocalClerk:Webhooks:TimeFactor", "0.5", "from 1")]
    [InlineData("LocalClerk:Faults:Webhooks:Loss", "2", "loss")]
    [InlineData("LocalClerk:Faults:Webhooks:Losses", "1", "losses")]
    [InlineData("LocalClerk:ClockOffsetSeconds", "soon", "whole number")]
    [InlineData("LocalClerk:SessionTokenSeconds", "5", "from 30")]
    public async Task Setting_that_cannot_be_used_stops_the_start_and_says_why(string key, string value, string reason)
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningClerk.StartAsync((key, value)));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"url":"http://localhost/a"},{"url":"http://localhost/a"}]""", "url")]
    [InlineData("""[{"url":"http://localhost/a","secret":"whsec_"}]""", "secret")]
    [InlineData("""[{"url":"http://localhost/a","secret":7}]""", "secret")]
    [InlineData("""[{"url":"http://localhost/a","previous_secrets":["no secret!"]}]""", "secret")]
    [InlineData("""[{"url":"http://localhost/a","events":["user.exploded"]}]""", "events")]
    [InlineData("""[{"url":"http://localhost/a","events":"*"}]""", "events")]
    [InlineData("""[{"url":"http://localhost/a","colour":"red"}]""", "colour")]
    public async Task Endpoints_that_are_none_are_refused_with_what_is_wrong(string body, string parameter)
    {
        await using var clerk = await RunningClerk.StartAsync();
        await clerk.SendToAsync(new { url = "http://localhost/before" });

        var answer = await PutAsync(clerk, JsonNode.Parse(body)!);

        Assert.Equal((422, parameter), (answer.Status, answer.Parameter));
        Assert.Equal("http://localhost/before", (string?)(await clerk.GetAsync("/_local/endpoints")).Array.Single()!["url"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("[5]")]
    [InlineData("[null]")]
    [InlineData("[")]
    public async Task Something_else_than_a_list_is_refused(string body)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var content = new StringContent(body, null, "application/json");

        var answer = await Answer.OfAsync(clerk.Http.PutAsync("/_local/endpoints", content, TestContext.Current.CancellationToken));

        Assert.Equal((400, "request_body_invalid"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task What_is_told_can_be_put_back()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await clerk.SendToAsync(
            new { url = "http://localhost/a", events = new[] { "user.created" }, disabled = true },
            new { url = "http://localhost/b", previous_secrets = new[] { LocalClerkDefaults.WebhookSecret } });
        var told = await clerk.GetAsync("/_local/endpoints");

        await clerk.SendToAsync();
        await PutAsync(clerk, told.Json);

        Assert.Equal(told.Body, (await clerk.GetAsync("/_local/endpoints")).Body);
    }

    [Fact]
    public async Task Name_that_resolves_elsewhere_is_not_connected_to()
    {
        using var transport = new WebhookTransport(new WebhookSettings([]), new TestClock());
        var settings = new WebhookEndpointSettings { Url = "http://10.255.255.1/hook", SecretTexts = [], Secrets = [Secret()] };
        var message = new WebhookMessage { Number = 1, Id = "msg_1", Type = "user.created", Payload = "{}"u8.ToArray() };

        var sent = await transport.SendAsync(
            new WebhookDelivery(message, new WebhookEndpoint(settings)), settings.Secrets, TestContext.Current.CancellationToken);

        Assert.Equal((null, "not-loopback"), sent);
    }

    private static Gatehouse.Webhooks.WebhookSecret Secret()
    {
        Assert.True(Gatehouse.Webhooks.WebhookSecret.TryParse(LocalClerkDefaults.WebhookSecret, out var secret));
        return secret;
    }

    private static Task<Answer> PutAsync(RunningClerk clerk, JsonNode body) => clerk.SendAsync(HttpMethod.Put, "/_local/endpoints", body);
}
