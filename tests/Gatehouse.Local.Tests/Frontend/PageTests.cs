using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests.Frontend;

public sealed class PageTests
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    [InlineData("/sign-in?redirect_url=https://example.com")]
    public async Task Every_page_says_what_this_is(string path)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk);

        var page = await browser.OpenAsync(path);

        Assert.Contains("This is the local Clerk", page.Body, StringComparison.Ordinal);
        Assert.Equal("clerk", Assert.Single(page.Message.Headers.GetValues("X-Gatehouse-Local")));
        Assert.Contains("frame-ancestors 'none'", Assert.Single(page.Message.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chosen_user_is_signed_in_and_sent_back_with_the_browsers_token()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk);

        var sent = await browser.SubmitAsync(
            "/sign-in?redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fcourses%3Fpage%3D2%26__clerk_db_jwt%3Ddvb_old",
            origin: null,
            ("user_id", LocalClerkDefaults.LinUserId));

        Assert.Equal(303, sent.Status);
        var location = sent.Message.Headers.Location!.AbsoluteUri;
        Assert.StartsWith("http://localhost:3000/courses?page=2&__clerk_db_jwt=dvb_", location, StringComparison.Ordinal);
        Assert.DoesNotContain("dvb_old", location, StringComparison.Ordinal);
        Assert.NotNull(browser.ClientCookie);
        Assert.Contains("Lin Chen", (await browser.OpenAsync("/sign-in")).Body, StringComparison.Ordinal);
        Assert.Equal("active", (string?)(await clerk.GetAsync($"/v1/sessions?user_id={LocalClerkDefaults.LinUserId}")).Array[0]!["status"]);
    }

    [Fact]
    public async Task Browser_that_an_app_knows_already_stays_the_same()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var app = await TestBrowser.StartAsync(clerk);
        using var window = new TestBrowser(clerk);

        await window.SubmitAsync($"/sign-in?__clerk_db_jwt={app.DevBrowser}", origin: null, ("user_id", LocalClerkDefaults.LinUserId));

        Assert.Single((await app.GetAsync("/client")).Json["response"]!["sessions"]!.AsArray());
    }

    [Fact]
    public async Task Form_of_another_page_is_refused()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk);

        foreach (var path in new[] { "/sign-in", "/sign-out" })
        {
            Assert.Equal(400, (await browser.SubmitAsync(path, "http://localhost:3000", ("user_id", LocalClerkDefaults.LinUserId))).Status);
            Assert.Equal(400, (await browser.SubmitAsync(path, "null", ("user_id", LocalClerkDefaults.LinUserId))).Status);
            Assert.Equal(303, (await browser.SubmitAsync(path, clerk.Address.GetLeftPart(UriPartial.Authority), ("user_id", LocalClerkDefaults.LinUserId))).Status);
        }
    }

    [Fact]
    public async Task Nothing_of_an_address_or_a_name_becomes_markup()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk);
        var body = new System.Text.Json.Nodes.JsonObject { ["first_name"] = "<script>alert(1)</script>", ["external_id"] = "evil" };
        await clerk.PostAsync("/v1/users", body);

        var page = await browser.OpenAsync("/sign-in?redirect_url=http://localhost/&x=\"><script>alert(2)</script>");

        Assert.DoesNotContain("<script>alert", page.Body, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_takes_a_click_and_ends_the_session()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk);
        await browser.SubmitAsync("/sign-in", origin: null, ("user_id", LocalClerkDefaults.LinUserId));

        await browser.OpenAsync("/sign-out");
        Assert.Single((await browser.GetAsync("/client")).Json["response"]!["sessions"]!.AsArray());
        Assert.Equal(303, (await browser.SubmitAsync("/sign-out", origin: null)).Status);
        Assert.Empty((await browser.GetAsync("/client")).Json["response"]!["sessions"]!.AsArray());
    }

    [Theory]
    [InlineData("ada+clerk_test@example.com", "wrong")]
    [InlineData("nobody@example.com", LocalClerkDefaults.Password)]
    [InlineData("", "")]
    public async Task Wrong_credentials_are_refused_alike(string identifier, string password)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk);

        var page = await browser.SubmitAsync("/sign-in", origin: null, ("identifier", identifier), ("password", password));

        Assert.Equal(422, page.Status);
        Assert.Contains("No user has this identifier and password.", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Banned_user_is_not_let_in()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk);
        await clerk.PostAsync($"/v1/users/{LocalClerkDefaults.LinUserId}/ban");

        var page = await browser.SubmitAsync("/sign-in", origin: null, ("user_id", LocalClerkDefaults.LinUserId));

        Assert.Equal(422, page.Status);
        Assert.Contains("banned", page.Body, StringComparison.Ordinal);
    }
}
