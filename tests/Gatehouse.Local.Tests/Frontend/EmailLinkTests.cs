using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Microsoft.AspNetCore.WebUtilities;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>Links in mails: they are found in the messages, and opened as a person opens them.</summary>
public sealed class EmailLinkTests
{
    private const string Grace = "grace+clerk_test@example.com";
    private const string Back = "http://localhost:3000/verify?tab=1";

    [Fact]
    public async Task Link_signs_in_the_browser_that_asked_and_sends_it_back_with_the_session()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var path = await AskAsync(browser, Back);
        Assert.Equal("unverified", await StatusAsync(browser, path));

        var opened = await browser.OpenAsync(await LinkAsync(clerk));

        Assert.Equal(303, opened.Status);
        var (page, query) = Parts(opened);
        Assert.Equal(("http://localhost:3000/verify", "1", "verified"), (page, query["tab"], query["__clerk_status"]));
        var polled = await browser.GetAsync(path);
        Assert.Equal(("complete", "verified"), (
            (string?)polled.Json["response"]!["status"], (string?)polled.Json["response"]!["first_factor_verification"]!["status"]));
        Assert.Equal((string?)polled.Json["client"]!["id"], (string?)polled.Json["response"]!["first_factor_verification"]!["verified_at_client"]);
        Assert.Equal(query["__clerk_created_session"], (string?)polled.Json["response"]!["created_session_id"]);
        Assert.Equal(query["__clerk_created_session"], (string?)Assert.Single(polled.Json["client"]!["sessions"]!.AsArray())!["id"]);
        Assert.Null(polled.Json["client"]!["sign_in"]);
    }

    [Fact]
    public async Task Mail_holds_the_link_and_whom_it_is_for()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        await AskAsync(browser, Back);

        var mail = (await clerk.MessagesAsync())[^1]["payload"]!;

        Assert.Empty(Webhooks.EventShapes.Faults(mail));
        Assert.Equal(("magic_link_sign_in", Grace, LocalClerkDefaults.GraceUserId), (
            (string?)mail["data"]!["slug"], (string?)mail["data"]!["to_email_address"], (string?)mail["data"]!["user_id"]));
        Assert.Contains((string)mail["data"]!["data"]!["magic_link"]!, (string)mail["data"]!["body_plain"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_is_good_for_once()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        await AskAsync(browser, Back);
        var link = await LinkAsync(clerk);
        await browser.OpenAsync(link);

        var (_, query) = Parts(await browser.OpenAsync(link));

        Assert.Equal("failed", query["__clerk_status"]);
        Assert.False(query.ContainsKey("__clerk_created_session"));
        Assert.Single((await browser.GetAsync("/client")).Json["response"]!["sessions"]!.AsArray());
    }

    [Fact]
    public async Task Link_opened_in_another_browser_counts_only_where_that_is_allowed()
    {
        foreach (var (setting, status, sessions) in new[] { ("true", "client_mismatch", 0), ("false", "verified", 1) })
        {
            await using var clerk = await RunningClerk.StartAsync(("LocalClerk:RequireSameClient", setting));
            using var browser = await TestBrowser.StartAsync(clerk);
            using var other = await TestBrowser.StartAsync(clerk);
            var path = await AskAsync(browser, Back);
            Assert.Equal(setting == "true", (bool)(await browser.GetAsync("/environment"))
                .Json["user_settings"]!["attack_protection"]!["email_link"]!["require_same_client"]!);

            var (_, query) = Parts(await other.OpenAsync(await LinkAsync(clerk)));

            Assert.Equal(status, query["__clerk_status"]);
            Assert.Equal(sessions, (await browser.GetAsync("/client")).Json["response"]!["sessions"]!.AsArray().Count);
            Assert.Empty((await other.GetAsync("/client")).Json["response"]!["sessions"]!.AsArray());
            Assert.Equal(sessions == 0 ? "unverified" : "verified", await StatusAsync(browser, path));
        }
    }

    [Fact]
    public async Task Link_expires_after_ten_minutes()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var path = await AskAsync(browser, Back);
        clerk.Clock.Advance(TimeSpan.FromMinutes(10));

        var (_, query) = Parts(await browser.OpenAsync(await LinkAsync(clerk)));

        Assert.Equal("expired", query["__clerk_status"]);
        Assert.Equal("expired", await StatusAsync(browser, path));
    }

    [Fact]
    public async Task Links_that_were_replaced_and_links_that_never_were_are_told_apart()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        await AskAsync(browser, Back);
        var first = await LinkAsync(clerk);
        await AskAsync(browser, Back);

        Assert.Equal((400, "verification_link_token_stale"), Refused(await browser.OpenAsync(first)));
        foreach (var token in new[] { "", "?token=", "?token=client_of_nobody.0123", "?token=nonsense", $"?token={new string('x', 300)}" })
        {
            Assert.Equal((400, "verification_link_token_invalid"), Refused(await browser.OpenAsync($"/__clerk/v1/verify{token}")));
        }

        Assert.Equal("verified", Parts(await browser.OpenAsync(await LinkAsync(clerk))).Query["__clerk_status"]);
    }

    [Fact]
    public async Task Without_a_way_back_the_browser_is_told_on_a_page_of_this_servers()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        await AskAsync(browser, redirect: null);

        var opened = await browser.OpenAsync(await LinkAsync(clerk));
        var page = await browser.OpenAsync(opened.Message.Headers.Location!.AbsoluteUri);

        Assert.Equal(200, page.Status);
        Assert.Contains("The address is proved.", page.Body, StringComparison.Ordinal);
        Assert.Contains("This is the local Clerk", page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com/verify")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/verify")]
    public async Task Way_back_must_be_one_that_browsers_may_be_sent(string redirect)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);

        var refused = await browser.PostAsync("/client/sign_ins", ("strategy", "email_link"), ("identifier", Grace), ("redirect_url", redirect));

        Assert.Equal((400, "redirect_url_invalid", "redirect_url"), (refused.Status, refused.Code, refused.Parameter));
        Assert.Empty(await clerk.MessagesAsync());
    }

    [Fact]
    public async Task Code_cannot_stand_for_a_link()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var path = await AskAsync(browser, Back);

        foreach (var strategy in new[] { "email_code", "email_link", "phone_code" })
        {
            Assert.Equal(400, (await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", strategy), ("code", "424242"))).Status);
        }

        var signUp = (await browser.PostAsync("/client/sign_ups", ("email_address", "mary@example.com"), ("password", "long enough"))).Json["response"]!;
        await browser.PostAsync($"/client/sign_ups/{signUp["id"]}/prepare_verification", ("strategy", "email_link"), ("redirect_url", Back));
        Assert.Equal("verification_strategy_invalid", (await browser.PostAsync(
            $"/client/sign_ups/{signUp["id"]}/attempt_verification", ("strategy", "email_link"), ("code", "424242"))).Code);
    }

    [Fact]
    public async Task Link_leads_to_the_second_factor_of_who_has_one()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var set = new JsonObject { ["totp_secret"] = "JBSWY3DPEHPK3PXP", ["backup_codes"] = new JsonArray("only-once") };
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.GraceUserId}", set);
        using var browser = await TestBrowser.StartAsync(clerk);
        var path = await AskAsync(browser, Back);

        var (_, query) = Parts(await browser.OpenAsync(await LinkAsync(clerk)));

        Assert.Equal("verified", query["__clerk_status"]);
        Assert.False(query.ContainsKey("__clerk_created_session"));
        Assert.Equal("needs_second_factor", (string?)(await browser.GetAsync(path)).Json["client"]!["sign_in"]!["status"]);
        var done = await browser.PostAsync($"{path}/attempt_second_factor", ("strategy", "backup_code"), ("code", "only-once"));
        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
    }

    [Fact]
    public async Task Banned_user_is_told_so_in_place_of_being_signed_in()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        await AskAsync(browser, Back);
        await clerk.PostAsync($"/v1/users/{LocalClerkDefaults.GraceUserId}/ban");

        Assert.Equal((403, "user_banned"), Refused(await browser.OpenAsync(await LinkAsync(clerk))));
    }

    [Fact]
    public async Task Link_ends_a_sign_up()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var begun = (await browser.PostAsync("/client/sign_ups", ("email_address", "mary@example.com"), ("password", "long enough"))).Json["response"]!;
        var path = $"/client/sign_ups/{begun["id"]}";
        var prepared = await browser.PostAsync($"{path}/prepare_verification", ("strategy", "email_link"), ("redirect_url", Back));
        Assert.Equal("verification_email_link", (string?)prepared.Json["response"]!["verifications"]!["email_address"]!["object"]);

        var (_, query) = Parts(await browser.OpenAsync(await LinkAsync(clerk)));

        var polled = await browser.GetAsync(path);
        Assert.Equal(("complete", "verified"), (
            (string?)polled.Json["response"]!["status"], (string?)polled.Json["response"]!["verifications"]!["email_address"]!["status"]));
        Assert.Equal(query["__clerk_created_session"], (string?)polled.Json["client"]!["sessions"]![0]!["id"]);
        var user = await clerk.GetAsync($"/v1/users/{polled.Json["response"]!["created_user_id"]}");
        Assert.Equal("email_link", (string?)user.Json["email_addresses"]![0]!["verification"]!["strategy"]);
    }

    [Fact]
    public async Task Link_of_a_sign_up_that_lacks_something_proves_the_address_and_waits()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var begun = (await browser.PostAsync("/client/sign_ups", ("email_address", "mary@example.com"))).Json["response"]!;
        var path = $"/client/sign_ups/{begun["id"]}";
        await browser.PostAsync($"{path}/prepare_verification", ("strategy", "email_link"), ("redirect_url", Back));

        await browser.OpenAsync(await LinkAsync(clerk));

        Assert.Equal("missing_requirements", (string?)(await browser.GetAsync(path)).Json["client"]!["sign_up"]!["status"]);
        var done = await browser.PatchAsync(path, ("password", "long enough"));
        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
    }

    [Fact]
    public async Task Link_proves_an_address_of_ones_own()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var email = (await browser.PostAsync("/me/email_addresses", ("email_address", "new@example.com"))).Json["response"]!;
        var path = $"/me/email_addresses/{email["id"]}";
        await browser.PostAsync($"{path}/prepare_verification", ("strategy", "email_link"), ("redirect_url", Back));
        var pending = (await browser.GetAsync(path)).Json["response"]!["verification"]!;
        Assert.Equal(("unverified", "email_link"), ((string?)pending["status"], (string?)pending["strategy"]));
        Assert.Equal("verification_strategy_invalid", (await browser.PostAsync($"{path}/attempt_verification", ("code", "424242"))).Code);
        var before = (await clerk.MessagesAsync()).Count;

        var (_, query) = Parts(await browser.OpenAsync(await LinkAsync(clerk)));

        Assert.Equal("verified", query["__clerk_status"]);
        Assert.Equal(("verified", "email_link"), (await browser.GetAsync(path)).Json["response"]!["verification"] is { } after
            ? ((string?)after["status"], (string?)after["strategy"])
            : default);
        Assert.Equal("user.updated", (string?)Assert.Single(await clerk.MessagesAsync(before))["type"]);
    }

    [Fact]
    public async Task Link_that_was_sent_before_a_snapshot_is_good_after_it()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var path = await AskAsync(browser, Back);
        var link = await LinkAsync(clerk);
        var snapshot = (await clerk.PostAsync("/_local/snapshots")).Text("id");
        await browser.OpenAsync(link);

        await clerk.PostAsync($"/_local/snapshots/{snapshot}/restore");

        Assert.Equal("unverified", await StatusAsync(browser, path));
        Assert.Equal("verified", Parts(await browser.OpenAsync(link)).Query["__clerk_status"]);
    }

    private static async Task<string> AskAsync(TestBrowser browser, string? redirect)
    {
        var begun = (await browser.PostAsync("/client/sign_ins", ("identifier", Grace))).Json["response"]!;
        var factor = begun["supported_first_factors"]!.AsArray().Single(one => (string?)one!["strategy"] == "email_link")!;
        var path = $"/client/sign_ins/{begun["id"]}";
        (string, string)[] form = [("strategy", "email_link"), ("email_address_id", (string)factor["email_address_id"]!)];
        Assert.Equal(200, (await browser.PostAsync(
            $"{path}/prepare_first_factor", redirect is null ? form : [.. form, ("redirect_url", redirect)])).Status);
        return path;
    }

    private static async Task<string?> StatusAsync(TestBrowser browser, string path) =>
        (string?)(await browser.GetAsync(path)).Json["response"]!["first_factor_verification"]!["status"];

    /// <summary>The link in the last mail.</summary>
    private static async Task<string> LinkAsync(RunningClerk clerk) =>
        (string)(await clerk.MessagesAsync()).Last(message => (string?)message["type"] == "email.created")["payload"]!["data"]!["data"]!["magic_link"]!;

    private static (string Page, Dictionary<string, string> Query) Parts(Answer opened)
    {
        Assert.Equal(303, opened.Status);
        var address = opened.Message.Headers.Location!;
        return (address.GetLeftPart(UriPartial.Path), QueryHelpers.ParseQuery(address.Query).ToDictionary(pair => pair.Key, pair => (string)pair.Value!));
    }

    private static (int Status, string? Code) Refused(Answer answer) => (answer.Status, answer.Code);
}
