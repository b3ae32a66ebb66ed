using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Tests.BrowserSessions;

/// <summary>In, out, and back to where somebody was going.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task Whoever_opens_a_page_signs_in_and_comes_back_to_it()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var browser = new Browser(site.ClerkUrl);

        var signIn = await browser.OpenAsync($"{app}/me?a=1&b=%2F");
        var page = await browser.ChooseUserAsync(signIn, LocalClerkDefaults.GraceUserId);

        Assert.Equal(($"{app}/me?a=1&b=%2F", HttpStatusCode.OK, LocalClerkDefaults.GraceUserId), (page.Address, page.Status, page.Text));
        Assert.DoesNotContain("__clerk_redirect_count", browser.Cookies.Keys);
    }

    [Fact]
    public async Task A_page_that_everybody_may_see_knows_who_is_signed_in_and_who_is_not()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var stranger = new Browser(site.ClerkUrl);
        var grace = await site.SignInAsync(app);

        Assert.Equal("nobody", (await stranger.OpenAsync(app)).Text);
        var page = await grace.OpenAsync(app);

        Assert.Equal(LocalClerkDefaults.GraceUserId, page.Text);
        Assert.Empty(page.Trail);
    }

    [Fact]
    public async Task What_is_no_page_is_not_sent_to_sign_in()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();

        using var answer = await new Browser(site.ClerkUrl).FetchAsync($"{app}/me");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("unauthenticated", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_session_counts_at_an_app_only_where_cookies_are_taken()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync(
            gatehouse: gatehouse => gatehouse.AddEntrance("headers-only"),
            routes: routes => routes.MapGet("/api", () => "in").RequireEntrance("headers-only"));
        var grace = await site.SignInAsync(app);

        using var answer = await grace.FetchAsync($"{app}/api");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_without_the_permission_is_refused_and_nobody_is_sent_round()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);

        var page = await grace.OpenAsync($"{app}/closed");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Empty(page.Trail);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_Clerk_and_here_at_once()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        var stolen = grace.Cookies.ToDictionary();

        using var answer = await grace.SubmitAsync($"{app}/auth/sign-out?return=/", "");

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Equal("nobody", (await grace.OpenAsync(app)).Text);
        var thief = new Browser(site.ClerkUrl);
        foreach (var (name, value) in stolen)
        {
            thief.Cookies[name] = value;
        }

        using var refused = await thief.FetchAsync($"{app}/me");
        Assert.Equal("revoked", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Nobody_is_signed_out_by_another_sites_page()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);

        using var answer = await grace.SubmitAsync($"{app}/auth/sign-out", "", "cross-site", "https://evil.example");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(LocalClerkDefaults.GraceUserId, (await grace.OpenAsync(app)).Text);
    }

    [Fact]
    public async Task While_Clerk_is_away_nobody_is_told_to_be_signed_out()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync(settings: [("CLERK_RETRY", null)]);
        var grace = await site.SignInAsync(app);
        await site.SetFaultsAsync(new { api = new { close = 1.0 } });

        using var answer = await grace.SubmitAsync($"{app}/auth/sign-out", "");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(LocalClerkDefaults.GraceUserId, (await grace.OpenAsync(app)).Text);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/%0d%0aSet-Cookie:a=b")]
    [InlineData("evil.example")]
    public async Task The_way_back_leads_nowhere_else(string asked)
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);

        using var answer = await grace.FetchAsync($"{app}/auth/return?to={Uri.EscapeDataString(asked)}");

        var target = new Uri(new Uri(app), answer.Headers.Location!);
        Assert.Equal(app, target.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Original-URL", "//evil.example/")]
    [InlineData("Forwarded", "host=evil.example")]
    public async Task No_header_chooses_where_a_browser_is_sent_back_to(string name, string value)
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();

        using var answer = await new Browser(site.ClerkUrl).SendAsync(HttpMethod.Get, $"{app}/me", request =>
        {
            request.Headers.TryAddWithoutValidation(name, value);
            request.Headers.Add("Accept", "text/html");
        });

        var location = answer.Headers.Location?.OriginalString ?? "";
        Assert.DoesNotContain("evil.example", location, StringComparison.Ordinal);
        Assert.Equal(name == "Host" ? HttpStatusCode.Unauthorized : HttpStatusCode.TemporaryRedirect, answer.StatusCode);
    }

    [Fact]
    public async Task The_pages_module_is_served_and_not_sent_twice()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var browser = new Browser(site.ClerkUrl);

        using var first = await browser.FetchAsync($"{app}/auth/session.js");
        using var second = await browser.FetchAsync($"{app}/auth/session.js", more: request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));

        Assert.Equal("text/javascript", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Wrong_settings_stop_the_start_with_one_message()
    {
        await using var site = await Site.StartAsync();

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => site.AddAppAsync(settings:
        [
            ("Gatehouse:AuthorizedParties:0", null),
            ("CLERK_SECRET_KEY", null),
            ("Gatehouse:BrowserSessions:SignInUrl", "ftp://x"),
        ]));

        Assert.Contains("CLERK_SECRET_KEY", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains("SignInUrl", fault.ToString(), StringComparison.Ordinal);
    }
}
