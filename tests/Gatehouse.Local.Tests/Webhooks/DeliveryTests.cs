using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Webhooks;

namespace Gatehouse.Local.Tests.Webhooks;

/// <summary>What arrives where, when, and how often.</summary>
public sealed class DeliveryTests
{
    private const string OtherSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly int[] DelaysInSeconds = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];

    [Fact]
    public async Task Message_arrives_signed_as_Svix_signs()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await clerk.SendToAsync(new { url = receiver.Url });

        await clerk.PostAsync("/v1/users", new JsonObject { ["first_name"] = "Zoë 😀" });
        await clerk.SettleAsync();

        var webhook = receiver.Received.Single();
        Assert.Equal("application/json", webhook.Headers["content-type"]);
        Assert.StartsWith("Svix-Webhooks/", webhook.Headers["user-agent"], StringComparison.Ordinal);
        Assert.Matches("^msg_[0-9A-Za-z]{27}$", webhook.Id);
        Assert.Equal(clerk.Clock.GetUtcNow().ToUnixTimeSeconds(), webhook.Timestamp);
        Assert.Equal(Signature(LocalClerkDefaults.WebhookSecret, webhook), webhook.Signature);
        Assert.Equal("Zoë 😀", (string?)webhook.Json["data"]!["first_name"]);
        Assert.DoesNotContain(webhook.Headers.Keys, name => name.StartsWith("webhook-", StringComparison.Ordinal) || name == "traceparent");
        var message = (await clerk.MessagesAsync()).Single();
        Assert.Equal(
            [$$"""{"url":"{{receiver.Url}}","at":{{clerk.Clock.GetUtcNow().ToUnixTimeMilliseconds()}},"status":200}"""],
            message["attempts"]!.AsArray().Select(attempt => attempt!.ToJsonString()));
        Assert.Equal(webhook.Id, (string?)message["id"]);
        Assert.Equal(Encoding.UTF8.GetString(webhook.Body), message["payload"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task Failed_message_is_tried_eight_times_at_Svix_s_times_under_one_id()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => 500;
        await clerk.SendToAsync(new { url = receiver.Url });
        var begin = clerk.Clock.GetUtcNow().ToUnixTimeSeconds();

        var id = await clerk.SampleAsync();
        foreach (var delay in DelaysInSeconds)
        {
            var before = receiver.Received.Count;
            await AdvanceAsync(clerk, delay - 0.001);
            Assert.Equal(before, receiver.Received.Count);
            await AdvanceAsync(clerk, 0.001);
            Assert.Equal(before + 1, receiver.Received.Count);
        }

        await AdvanceAsync(clerk, 1_000_000);
        Assert.Equal(8, receiver.Received.Count);
        Assert.All(receiver.Received, webhook => Assert.Equal(id, webhook.Id));
        Assert.All(receiver.Received, webhook => Assert.Equal(receiver.Received[0].Body, webhook.Body));
        Assert.All(receiver.Received, webhook => Assert.Equal(Signature(LocalClerkDefaults.WebhookSecret, webhook), webhook.Signature));
        Assert.Equal(
            DelaysInSeconds.Select((_, index) => begin + DelaysInSeconds.Take(index + 1).Sum()).Prepend(begin),
            receiver.Received.Select(webhook => webhook.Timestamp));
        Assert.Equal(8, (await clerk.MessagesAsync()).Single()["attempts"]!.AsArray().Count);
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(204, 1)]
    [InlineData(299, 1)]
    [InlineData(301, 2)]
    [InlineData(302, 2)]
    [InlineData(308, 2)]
    [InlineData(400, 2)]
    [InlineData(410, 2)]
    [InlineData(429, 2)]
    [InlineData(503, 2)]
    public async Task Only_2xx_is_success_and_redirects_are_not_followed(int status, int attempts)
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => status;
        await clerk.SendToAsync(new { url = receiver.Url });

        await clerk.SampleAsync();
        await AdvanceAsync(clerk, 5);

        Assert.Equal(attempts, receiver.Received.Count);
        Assert.Equal(status, (int)(await clerk.MessagesAsync()).Single()["attempts"]![0]!["status"]!);
    }

    [Fact]
    public async Task Success_ends_the_tries()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => receiver.Received.Count < 3 ? 500 : 200;
        await clerk.SendToAsync(new { url = receiver.Url });

        await clerk.SampleAsync();
        foreach (var delay in DelaysInSeconds)
        {
            await AdvanceAsync(clerk, delay);
        }

        Assert.Equal(3, receiver.Received.Count);
    }

    [Fact]
    public async Task Answer_that_takes_longer_than_fifteen_seconds_is_none()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Before = cancelled => Task.Delay(Timeout.Infinite, cancelled);
        await clerk.SendToAsync(new { url = receiver.Url });

        await clerk.PostAsync("/_local/webhooks", new JsonObject { ["type"] = "user.updated" });
        await receiver.ArrivalAsync();
        clerk.Clock.AdvanceSeconds(14.9);
        Assert.Empty((await clerk.MessagesAsync()).Single()["attempts"]!.AsArray());
        await AdvanceAsync(clerk, 0.1);

        var attempt = (await clerk.MessagesAsync()).Single()["attempts"]!.AsArray().Single()!;
        Assert.Equal((null, "timeout"), ((int?)attempt["status"], (string?)attempt["error"]));
        receiver.Before = _ => Task.CompletedTask;
        await AdvanceAsync(clerk, 5);
        Assert.Equal(200, (int)(await clerk.MessagesAsync()).Single()["attempts"]![1]!["status"]!);
    }

    [Fact]
    public async Task Endpoint_where_nobody_is_gets_the_message_when_somebody_comes()
    {
        await using var clerk = await RunningClerk.StartAsync();
        string url;
        await using (var gone = await WebhookReceiver.StartAsync())
        {
            url = gone.Url;
        }

        await clerk.SendToAsync(new { url });
        await clerk.SampleAsync();
        await using var receiver = await WebhookReceiver.StartAsync(new Uri(url).Port);
        await AdvanceAsync(clerk, 5);

        Assert.Equal(
            ["unreachable", null],
            (await clerk.MessagesAsync()).Single()["attempts"]!.AsArray().Select(attempt => (string?)attempt!["error"]));
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task Endpoint_that_failed_for_five_days_gets_nothing_until_it_is_configured_again()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => 500;
        await clerk.SendToAsync(new { url = receiver.Url });

        await clerk.SampleAsync();
        await AdvanceAsync(clerk, (5 * 24 * 3600) - 1);
        await clerk.SampleAsync();
        Assert.Equal("[]", DisabledOf(await clerk.GetAsync("/_local/endpoints")));
        await AdvanceAsync(clerk, 5);
        Assert.Equal("[true]", DisabledOf(await clerk.GetAsync("/_local/endpoints")));
        Assert.Contains(clerk.Log.Lines, line => line.Text.Contains("has failed for five days", StringComparison.Ordinal));

        var received = receiver.Received.Count;
        receiver.Answer = _ => 200;
        await clerk.SampleAsync();
        await AdvanceAsync(clerk, 100_000);
        Assert.Equal(received, receiver.Received.Count);

        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SampleAsync();
        Assert.Equal(received + 1, receiver.Received.Count);
        Assert.Equal("[]", DisabledOf(await clerk.GetAsync("/_local/endpoints")));
    }

    [Fact]
    public async Task One_success_starts_the_five_days_anew()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var status = 500;
        receiver.Answer = _ => status;
        await clerk.SendToAsync(new { url = receiver.Url });

        await clerk.SampleAsync();
        await AdvanceAsync(clerk, 4 * 24 * 3600);
        status = 200;
        await clerk.SampleAsync();
        status = 500;
        await AdvanceAsync(clerk, 2 * 24 * 3600);
        await clerk.SampleAsync();

        Assert.Equal("[]", DisabledOf(await clerk.GetAsync("/_local/endpoints")));
    }

    [Fact]
    public async Task Webhook_time_can_be_compressed()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => 500;
        await clerk.SendToAsync(new { url = receiver.Url });
        Assert.Equal(1, (await clerk.GetAsync("/_local/clock")).Number("webhook_time_factor"));

        await clerk.SampleAsync();
        await AdvanceAsync(clerk, 5);
        var set = await clerk.PostAsync("/_local/clock", new JsonObject { ["webhook_time_factor"] = 1000 });
        await AdvanceAsync(clerk, 0.299);
        Assert.Equal(2, receiver.Received.Count);
        await AdvanceAsync(clerk, 0.001);

        Assert.Equal(3, receiver.Received.Count);
        Assert.Equal(1000, set.Number("webhook_time_factor"));
        foreach (var delay in DelaysInSeconds.Skip(2))
        {
            await AdvanceAsync(clerk, delay / 1000.0);
        }

        Assert.Equal(8, receiver.Received.Count);
    }

    [Fact]
    public async Task Instance_s_clock_takes_retries_forward_with_it_and_not_back()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => 500;
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SampleAsync();

        await clerk.PostAsync("/_local/clock", new JsonObject { ["advance_seconds"] = 5 });
        await clerk.SettleAsync();
        Assert.Equal(2, receiver.Received.Count);
        Assert.Equal(clerk.Clock.GetUtcNow().ToUnixTimeSeconds(), receiver.Received[1].Timestamp);

        await clerk.PostAsync("/_local/clock", new JsonObject { ["offset_seconds"] = -100_000 });
        await AdvanceAsync(clerk, 300);
        Assert.Equal(3, receiver.Received.Count);
    }

    [Fact]
    public async Task Each_endpoint_gets_what_it_asked_for_under_one_id_and_its_own_secret()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var users = await WebhookReceiver.StartAsync();
        await using var all = await WebhookReceiver.StartAsync();
        await clerk.SendToAsync(
            new { url = users.Url, events = new[] { "user.created", "user.deleted" } },
            new { url = all.Url, secret = OtherSecret, events = new[] { "*" } });

        await clerk.SampleAsync("user.created");
        await clerk.SampleAsync("user.updated");

        Assert.Equal(["user.created"], users.Types);
        Assert.Equal(["user.created", "user.updated"], all.Types);
        Assert.Equal(users.Received[0].Id, all.Received[0].Id);
        Assert.Equal(Signature(LocalClerkDefaults.WebhookSecret, users.Received[0]), users.Received[0].Signature);
        Assert.Equal(Signature(OtherSecret, all.Received[0]), all.Received[0].Signature);
    }

    [Fact]
    public async Task One_endpoint_s_failure_is_not_another_s()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var bad = await WebhookReceiver.StartAsync();
        await using var good = await WebhookReceiver.StartAsync();
        bad.Answer = _ => 500;
        await clerk.SendToAsync(new { url = bad.Url }, new { url = good.Url });

        await clerk.SampleAsync();
        await AdvanceAsync(clerk, 5);

        Assert.Equal((2, 1), (bad.Received.Count, good.Received.Count));
    }

    [Fact]
    public async Task While_a_secret_is_rotated_both_sign_the_newer_first()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await clerk.SendToAsync(new { url = receiver.Url, secret = OtherSecret, previous_secrets = new[] { LocalClerkDefaults.WebhookSecret } });

        await clerk.SampleAsync();

        var webhook = receiver.Received.Single();
        Assert.Equal($"{Signature(OtherSecret, webhook)} {Signature(LocalClerkDefaults.WebhookSecret, webhook)}", webhook.Signature);
        Assert.Equal(
            $$"""[{"url":"{{receiver.Url}}","secret":"{{OtherSecret}}","previous_secrets":["{{LocalClerkDefaults.WebhookSecret}}"],"events":["*"]}]""",
            (await clerk.GetAsync("/_local/endpoints")).Body);
    }

    [Fact]
    public async Task Without_faults_messages_arrive_in_the_order_of_what_happened()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await clerk.SendToAsync(new { url = receiver.Url });

        for (var count = 0; count < 50; count++)
        {
            await clerk.PostAsync($"/v1/users/{LocalClerkDefaults.GraceUserId}/lock");
        }

        await clerk.SettleAsync();
        Assert.Equal((await clerk.MessagesAsync()).Select(message => (string?)message["id"]), receiver.Received.Select(webhook => webhook.Id));
    }

    [Fact]
    public async Task Slow_retry_holds_no_new_message_up()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => receiver.Received.Count == 1 ? 500 : 200;
        var release = new TaskCompletionSource();
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SampleAsync("user.created");
        await receiver.ArrivalAsync();

        receiver.Before = cancelled => release.Task.WaitAsync(cancelled);
        clerk.Clock.AdvanceSeconds(5);
        await receiver.ArrivalAsync();
        receiver.Before = _ => Task.CompletedTask;
        await clerk.PostAsync("/_local/webhooks", new JsonObject { ["type"] = "user.deleted" });
        await receiver.ArrivalAsync();
        release.SetResult();
        await clerk.SettleAsync();

        Assert.Equal(["user.created", "user.created", "user.deleted"], receiver.Types);
    }

    [Fact]
    public async Task Replay_sends_the_same_id_again()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var id = await clerk.SampleAsync();
        await clerk.SendToAsync(new { url = receiver.Url });

        var replayed = await clerk.PostAsync($"/_local/webhooks/{id}/replay");
        await clerk.SettleAsync();
        await clerk.PostAsync($"/_local/webhooks/{id}/replay");
        await clerk.SettleAsync();

        Assert.Equal((200, id), (replayed.Status, replayed.Text("id")));
        Assert.Equal([id, id], receiver.Received.Select(webhook => webhook.Id));
        Assert.Single(await clerk.MessagesAsync());
    }

    [Fact]
    public async Task Replay_of_an_unknown_message_is_not_found()
    {
        await using var clerk = await RunningClerk.StartAsync();

        Assert.Equal(404, (await clerk.PostAsync("/_local/webhooks/msg_unknown/replay")).Status);
    }

    [Fact]
    public async Task Messages_are_told_from_a_number_on()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await clerk.SampleAsync("user.created");
        await clerk.SampleAsync("user.updated");
        await clerk.SampleAsync("user.deleted");

        var rest = await clerk.MessagesAsync(after: 1);

        Assert.Equal([(2, "user.updated"), (3, "user.deleted")], rest.Select(message => ((int)message["n"]!, (string)message["type"]!)));
    }

    [Fact]
    public async Task Only_the_last_messages_are_kept_and_one_that_was_not_delivered_is_told_in_the_log()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:Webhooks:Keep", "2"));
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => receiver.Received.Count == 1 ? 500 : 200;
        await clerk.SendToAsync(new { url = receiver.Url });

        var first = await clerk.SampleAsync("user.created");
        await clerk.SampleAsync("user.updated");
        await clerk.SampleAsync("user.updated");
        await clerk.SampleAsync("user.deleted");
        await AdvanceAsync(clerk, 5);

        Assert.Equal([3, 4], (await clerk.MessagesAsync()).Select(message => (int)message["n"]!));
        Assert.Equal(4, receiver.Received.Count);
        Assert.Contains(first, Assert.Single(clerk.Log.Lines, line => line.Text.Contains("make room", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_that_is_taken_away_gets_no_retry()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => 500;
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SampleAsync();

        await clerk.SendToAsync();
        await AdvanceAsync(clerk, 5);
        await clerk.SendToAsync(new { url = receiver.Url });
        await AdvanceAsync(clerk, 300);

        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task Message_ids_are_never_given_twice()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:Seed", "7"));
        var ids = new List<string> { await clerk.SampleAsync() };
        var snapshot = (await clerk.PostAsync("/_local/snapshots")).Text("id");

        ids.Add(await clerk.SampleAsync());
        await clerk.PostAsync("/_local/reset");
        ids.Add(await clerk.SampleAsync());
        await clerk.PostAsync($"/_local/snapshots/{snapshot}/restore");
        ids.Add(await clerk.SampleAsync());

        Assert.Equal(4, ids.Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task AdvanceAsync(RunningClerk clerk, double seconds)
    {
        clerk.Clock.AdvanceSeconds(seconds);
        await clerk.SettleAsync();
    }

    private static string Signature(string secret, ReceivedWebhook webhook)
    {
        Assert.True(WebhookSecret.TryParse(secret, out var key));
        return WebhookSigner.Sign(key, webhook.Id, webhook.Timestamp, webhook.Body);
    }

    private static string DisabledOf(Answer endpoints) => string.Create(
        CultureInfo.InvariantCulture,
        $"[{string.Join(',', endpoints.Array.Select(endpoint => endpoint!["disabled"]?.ToJsonString()).OfType<string>())}]");
}
