using System.Net;

namespace Gatehouse.Local.Tests.Frontend;

public sealed class TransportTests
{
    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://localhost", true)]
    [InlineData("http://127.0.0.1:5173", true)]
    [InlineData("http://[::1]:5173", true)]
    [InlineData("http://app.localhost:3000", true)]
    [InlineData("http://app.test:3000", true)]
    [InlineData("http://app.test:3001", false)]
    [InlineData("https://app.test:3000", false)]
    [InlineData("https://example.com", false)]
    [InlineData("http://localhost.example.com", false)]
    [InlineData("null", false)]
    [InlineData("file://", false)]
    public async Task Pages_of_loopback_and_configured_ones_are_answered_and_no_others(string origin, bool allowed)
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:AllowedOrigins", "http://app.test:3000;http://other.test"));
        using var http = clerk.Bare();

        var answer = await clerk.SendAsync(HttpMethod.Get, "/__clerk/v1/environment", client: http, origin: origin);

        Assert.Equal(allowed ? 200 : 400, answer.Status);
        Assert.Equal("Origin", Assert.Single(answer.Message.Headers.GetValues("Vary")));
        if (allowed)
        {
            Assert.Equal(origin, Assert.Single(answer.Message.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.Equal("true", Assert.Single(answer.Message.Headers.GetValues("Access-Control-Allow-Credentials")));
            Assert.Contains("Clerk-Db-Jwt", Assert.Single(answer.Message.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("origin_invalid", answer.Code);
            Assert.False(answer.Message.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task Question_before_a_request_is_answered()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var http = clerk.Bare();
        var question = new HttpRequestMessage(HttpMethod.Options, "/__clerk/v1/client");
        question.Headers.Add("Origin", TestBrowser.Page);
        question.Headers.Add("Access-Control-Request-Method", "PATCH");
        question.Headers.Add("Access-Control-Request-Headers", "x-mine");

        var answer = await Answer.OfAsync(http.SendAsync(question, TestContext.Current.CancellationToken));

        Assert.Equal(204, answer.Status);
        Assert.Contains("PATCH", Assert.Single(answer.Message.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
        Assert.Equal("x-mine", Assert.Single(answer.Message.Headers.GetValues("Access-Control-Allow-Headers")));
    }

    [Theory]
    [InlineData("2026-08-20", 200)]
    [InlineData("2031-01-01", 200)]
    [InlineData("2026-13-01", 400)]
    [InlineData("latest", 400)]
    public async Task Any_well_formed_version_is_answered(string version, int status)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var http = clerk.Bare();

        var answer = await clerk.SendAsync(HttpMethod.Get, $"/__clerk/v1/environment?__clerk_api_version={version}", client: http);

        Assert.Equal(status, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("clerk", Assert.Single(answer.Message.Headers.GetValues("X-Gatehouse-Local")));
    }

    [Fact]
    public async Task Method_is_taken_from_the_query_and_only_under_the_prefix()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        Assert.Equal("Amazing", (string?)(await browser.PatchAsync("/me", ("first_name", "Amazing"))).Json["response"]!["first_name"]);
        Assert.Equal(404, (await browser.PostAsync("/me")).Status);
        Assert.Equal(404, (await clerk.PostAsync($"/v1/users/{Gatehouse.Local.Clerk.LocalClerkDefaults.LinUserId}?_method=DELETE")).Status);
    }

    [Fact]
    public async Task What_does_not_exist_is_refused_in_the_envelope()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);

        var answer = await browser.PostAsync("/client/trampolines");

        Assert.Equal(404, answer.Status);
        Assert.Equal("resource_not_found", answer.Code);
        Assert.Equal("application/json", answer.ContentType);
    }

    [Theory]
    [InlineData("application/json", """{"identifier":"ada"}""", 415, "unsupported_content_type")]
    [InlineData("multipart/form-data; boundary=x", "no parts at all", 400, "request_body_invalid")]
    public async Task Bodies_of_other_kinds_are_refused(string type, string body, int status, string code)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var http = clerk.Bare();
        var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var answer = await Answer.OfAsync(http.PostAsync("/__clerk/v1/client/sign_ins", content, TestContext.Current.CancellationToken));

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Body_that_is_too_large_is_refused()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);

        var answer = await browser.PostAsync("/client/sign_ins", ("identifier", new string('a', 1_100_000)));

        Assert.Equal((413, "request_body_too_large"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Token_of_another_run_is_refused_so_that_the_browser_asks_for_one_of_this()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk) { DevBrowser = "dvb_of_yesterday" };

        var refused = await browser.GetAsync("/client");
        Assert.Equal((401, "dev_browser_unauthenticated"), (refused.Status, refused.Code));

        browser.DevBrowser = (await browser.PostAsync("/dev_browser")).Text("id");
        Assert.Equal(200, (await browser.GetAsync("/client")).Status);
    }

    [Fact]
    public async Task Cookie_stands_in_for_the_token_and_is_kept_from_scripts()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk);

        var first = await browser.PostAsync("/client?_method=PUT");
        var second = await browser.PostAsync("/client?_method=PUT");

        Assert.Equal((string?)first.Json["response"]!["id"], (string?)second.Json["response"]!["id"]);
        var cookie = Assert.Single(first.Message.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.False(second.Message.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("/me")]
    [InlineData("/me/organization_memberships")]
    [InlineData("/organizations/org_2LocalKrypton00000000000001")]
    public async Task Nobody_is_told_what_only_the_signed_in_are(string path)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var stranger = new TestBrowser(clerk);
        using var visitor = await TestBrowser.StartAsync(clerk);

        Assert.Equal((401, "authentication_invalid"), (await stranger.GetAsync(path)) is var unknown ? (unknown.Status, unknown.Code) : default);
        Assert.Equal((401, "signed_out"), (await visitor.GetAsync(path)) is var known ? (known.Status, known.Code) : default);
    }

    [Fact]
    public async Task Environment_loads_nothing_from_the_internet()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);

        var environment = await browser.PatchAsync("/environment");

        var display = environment.Json["display_config"]!;
        Assert.Null((string?)display["captcha_public_key"]);
        Assert.False((bool)environment.Json["user_settings"]!["sign_up"]!["captcha_enabled"]!);
        Assert.Null(environment.Json["commerce_settings"]);
        Assert.Null(environment.Json["protect_config"]);
        Assert.Equal($"{clerk.Address}sign-in", (string?)display["sign_in_url"]);
        Assert.DoesNotContain("https://", environment.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Browsers_beyond_a_number_make_the_oldest_forgotten()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var oldest = await TestBrowser.StartAsync(clerk);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = clerk.Address };
        for (var made = 0; made < 10_000; made++)
        {
            using var answer = await http.PostAsync("/__clerk/v1/dev_browser", null, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal("dev_browser_unauthenticated", (await oldest.GetAsync("/client")).Code);
    }
}
