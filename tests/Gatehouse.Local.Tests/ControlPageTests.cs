namespace Gatehouse.Local.Tests;

public sealed class ControlPageTests
{
    [Theory]
    [InlineData("/_local", "text/html; charset=utf-8", "This is not Clerk")]
    [InlineData("/_local/page.css", "text/css; charset=utf-8", "body")]
    [InlineData("/_local/page.js", "text/javascript; charset=utf-8", "fetch")]
    public async Task Page_and_its_parts_come_from_here_and_allow_nothing_else(string path, string contentType, string text)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var http = clerk.Bare();

        var page = await Answer.OfAsync(http.GetAsync(path, TestContext.Current.CancellationToken));

        Assert.Equal((200, contentType), (page.Status, page.ContentType));
        Assert.Contains(text, page.Body, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; script-src 'self'", page.Message.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("clerk", page.Message.Headers.GetValues("X-Gatehouse-Local").Single());
        Assert.DoesNotContain("http://", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_answers_HEAD_without_a_body()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var page = await clerk.SendAsync(HttpMethod.Head, "/_local");

        Assert.Equal((200, ""), (page.Status, page.Body));
    }

    [Fact]
    public async Task Script_sets_no_markup()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var script = (await clerk.GetAsync("/_local/page.js")).Body;

        Assert.DoesNotContain("innerHTML", script, StringComparison.Ordinal);
        Assert.DoesNotContain("insertAdjacentHTML", script, StringComparison.Ordinal);
        Assert.DoesNotContain("document.write", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_and_sessions_are_told_for_it_though_the_api_fails_on_purpose()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(Local.Clerk.LocalClerkDefaults.GraceUserId);
        await clerk.SetFaultsAsync("""{"api":{"status_5xx":1}}""");
        using var http = clerk.Bare();

        var users = await clerk.SendAsync(HttpMethod.Get, "/_local/users?query=HOPP", client: http);
        var sessions = await clerk.SendAsync(HttpMethod.Get, "/_local/sessions", client: http);

        Assert.Equal([Local.Clerk.LocalClerkDefaults.GraceUserId], users.Ids());
        Assert.Equal([session], sessions.Ids());
        Assert.Equal(4, (await clerk.GetAsync("/_local/users")).Array.Count);
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("gatehouse.test", 200)]
    [InlineData("GATEHOUSE.TEST:5400", 200)]
    [InlineData("localhost:99", 200)]
    public async Task Hosts_are_loopback_or_configured(string host, int status)
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:Hosts", "gatehouse.test; other.test"));
        var request = new HttpRequestMessage(HttpMethod.Get, "/_local/state") { Headers = { Host = host } };

        var answer = await Answer.OfAsync(clerk.Http.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("POST", "/_local/webhooks")]
    [InlineData("POST", "/_local/snapshots")]
    [InlineData("PUT", "/_local/endpoints")]
    [InlineData("GET", "/_local/webhooks")]
    [InlineData("GET", "/_local/users")]
    public async Task Pages_of_other_origins_reach_none_of_it(string method, string path)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.SendAsync(new HttpMethod(method), path, origin: "http://localhost:3000");

        Assert.Equal((403, "origin_invalid"), (answer.Status, answer.Code));
    }
}
