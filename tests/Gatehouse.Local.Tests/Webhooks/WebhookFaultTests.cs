using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Webhooks;

namespace Gatehouse.Local.Tests.Webhooks;

/// <summary>What goes wrong on purpose, each thing as a receiver sees it.</summary>
public sealed class WebhookFaultTests
{
    [Fact]
    public async Task Lost_message_is_kept_here_and_sent_nowhere()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SetFaultsAsync("""{"webhooks":{"loss":1}}""");

        var id = await clerk.SampleAsync();
        await AdvanceAsync(clerk, 100_000);

        var message = (await clerk.MessagesAsync()).Single();
        Assert.Empty(receiver.Received);
        Assert.Equal((id, "[]", $"[\"{receiver.Url}\"]"), ((string?)message["id"], message["attempts"]!.ToJsonString(), message["lost"]!.ToJsonString()));

        await clerk.PostAsync($"/_local/webhooks/{id}/replay");
        await clerk.SettleAsync();
        Assert.Equal(id, receiver.Received.Single().Id);
    }

    [Fact]
    public async Task Duplicate_comes_under_the_same_id_and_is_not_tried_again_itself()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => receiver.Received.Count == 1 ? 200 : 500;
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SetFaultsAsync("""{"webhooks":{"duplicate":1}}""");

        await clerk.SampleAsync();
        await AdvanceAsync(clerk, 100_000);

        Assert.Equal(2, receiver.Received.Count);
        Assert.Equal(receiver.Received[0].Id, receiver.Received[1].Id);
        Assert.Equal(receiver.Received[0].Body, receiver.Received[1].Body);
        Assert.Equal(
            [null, "duplicate"],
            (await clerk.MessagesAsync()).Single()["attempts"]!.AsArray().Select(attempt => (string?)attempt!["fault"]));
    }

    [Fact]
    public async Task Duplicate_leaves_the_retries_of_the_first_as_they_are()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => 500;
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SetFaultsAsync("""{"webhooks":{"duplicate":1}}""");

        await clerk.SampleAsync();
        Assert.Equal(2, receiver.Received.Count);
        await AdvanceAsync(clerk, 5);
        await AdvanceAsync(clerk, 300);

        Assert.Equal(4, receiver.Received.Count);
    }

    [Fact]
    public async Task Held_back_message_is_overtaken_by_the_next()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SetFaultsAsync("""{"webhooks":{"reorder":1}}""");
        await clerk.SampleAsync("user.created");
        await clerk.SetFaultsAsync("{}");
        Assert.Empty(receiver.Received);

        await clerk.SampleAsync("user.updated");

        Assert.Equal(["user.updated", "user.created"], receiver.Types);
        await AdvanceAsync(clerk, 10);
        Assert.Equal(2, receiver.Received.Count);
    }

    [Fact]
    public async Task Messages_that_are_all_held_back_overtake_each_other()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SetFaultsAsync("""{"webhooks":{"reorder":1}}""");
        await clerk.SampleAsync("user.created");
        await clerk.SampleAsync("user.updated");
        await clerk.SampleAsync("user.deleted");

        await AdvanceAsync(clerk, 1.999);
        Assert.Empty(receiver.Received);
        await AdvanceAsync(clerk, 0.001);

        Assert.Equal(["user.deleted", "user.updated", "user.created"], receiver.Types);
    }

    [Fact]
    public async Task Retry_of_a_message_that_was_held_back_keeps_its_time()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = webhook => webhook.Type == "user.created" ? 500 : 200;
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SetFaultsAsync("""{"webhooks":{"reorder":1}}""");
        await clerk.SampleAsync("user.created");
        await clerk.SetFaultsAsync("{}");
        await clerk.SampleAsync("user.updated");

        await AdvanceAsync(clerk, 4.9);
        Assert.Equal(2, receiver.Received.Count);
        await AdvanceAsync(clerk, 0.1);

        Assert.Equal(["user.updated", "user.created", "user.created"], receiver.Types);
    }

    [Fact]
    public async Task Delay_is_the_machine_s_however_compressed_webhook_time_is()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:Webhooks:TimeFactor", "60"));
        await using var receiver = await WebhookReceiver.StartAsync();
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SetFaultsAsync("""{"webhooks":{"delay_ms":3000}}""");

        await clerk.SampleAsync();
        await AdvanceAsync(clerk, 2.99);
        Assert.Empty(receiver.Received);
        await AdvanceAsync(clerk, 0.01);

        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task Wrong_signature_is_of_no_secret_that_the_receiver_has()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = webhook => IsSigned(webhook) ? 200 : 401;
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SetFaultsAsync("""{"webhooks":{"wrong_signature":1}}""");

        await clerk.SampleAsync();
        await clerk.SetFaultsAsync("{}");
        await AdvanceAsync(clerk, 5);

        Assert.Equal([false, true], receiver.Received.Select(IsSigned));
        Assert.Equal(
            [(401, "wrong_signature"), (200, null)],
            (await clerk.MessagesAsync()).Single()["attempts"]!.AsArray()
                .Select(attempt => ((int)attempt!["status"]!, (string?)attempt["fault"])));
    }

    [Fact]
    public async Task Same_seed_and_the_same_events_go_wrong_in_the_same_way()
    {
        var first = await RunAsync(seed: 11);

        Assert.Equal(first, await RunAsync(seed: 11));
        Assert.NotEqual(first, await RunAsync(seed: 12));
        Assert.Contains(first, line => line.EndsWith("lost", StringComparison.Ordinal));
        Assert.Contains(first, line => line.Contains("duplicate", StringComparison.Ordinal));
        Assert.Contains(first, line => line.Contains("wrong_signature", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Faults_of_requests_do_not_shift_those_of_webhooks()
    {
        var quiet = await RunAsync(seed: 3, requestsBetween: 0);
        var busy = await RunAsync(seed: 3, requestsBetween: 3);

        Assert.Equal(quiet, busy);
    }

    [Fact]
    public async Task Faults_and_endpoints_can_come_from_settings()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var clerk = await RunningClerk.StartAsync(
            ("LocalClerk:Faults:Seed", "5"),
            ("LocalClerk:Faults:Webhooks:Duplicate", "1"),
            ("LocalClerk:Faults:Api:Status_429", "0.25"),
            ("LocalClerk:Faults:Limits:Backend_per_10s", "100"),
            ("LocalClerk:Webhooks:Endpoints:0:Url", receiver.Url),
            ("LocalClerk:Webhooks:Endpoints:0:Events:0", "user.created"));

        await clerk.SampleAsync("user.created");
        await clerk.SampleAsync("user.updated");

        Assert.Equal(["user.created", "user.created"], receiver.Types);
        Assert.Equal(
            """{"seed":5,"webhooks":{"loss":0,"duplicate":1,"reorder":0,"delay_ms":0,"wrong_signature":0},"api":{"status_429":0.25,"status_5xx":0,"delay_ms":0,"close":0},"limits":{"backend_per_10s":100,"per_resource_per_10s":0,"frontend_creates_per_10s":0,"frontend_attempts_per_10s":0}}""",
            (await clerk.GetAsync("/_local/faults")).Body);
        await clerk.SetFaultsAsync("{}");
        await clerk.SendToAsync();
        await clerk.PostAsync("/_local/reset");
        Assert.Equal(5, (await clerk.GetAsync("/_local/faults")).Number("seed"));
        Assert.Single((await clerk.GetAsync("/_local/endpoints")).Array);
    }

    private static async Task<List<string>> RunAsync(int seed, int requestsBetween = 0)
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SetFaultsAsync(
            $$$"""{"seed":{{{seed}}},"webhooks":{"loss":0.3,"duplicate":0.3,"reorder":0.3,"wrong_signature":0.3},"api":{"status_5xx":0.1}}""");
        for (var count = 0; count < 20; count++)
        {
            await clerk.SampleAsync();
            for (var request = 0; request < requestsBetween; request++)
            {
                await clerk.GetAsync("/v1/instance");
            }
        }

        await AdvanceAsync(clerk, 2);
        return [.. (await clerk.MessagesAsync()).Select(Describe)];
    }

    private static string Describe(JsonNode message)
    {
        var faults = message["attempts"]!.AsArray().Select(attempt => (string?)attempt!["fault"] ?? "none");
        return $"{message["n"]}: {string.Join(' ', faults)}{(message["lost"] is null ? "" : " lost")}";
    }

    private static bool IsSigned(ReceivedWebhook webhook)
    {
        Assert.True(WebhookSecret.TryParse(LocalClerkDefaults.WebhookSecret, out var secret));
        return webhook.Signature == WebhookSigner.Sign(secret, webhook.Id, webhook.Timestamp, webhook.Body);
    }

    private static async Task AdvanceAsync(RunningClerk clerk, double seconds)
    {
        clerk.Clock.AdvanceSeconds(seconds);
        await clerk.SettleAsync();
    }
}
