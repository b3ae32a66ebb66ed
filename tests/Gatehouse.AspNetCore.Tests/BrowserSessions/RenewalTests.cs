using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;

namespace Gatehouse.AspNetCore.Tests.BrowserSessions;

/// <summary>A session lasts for days and its token for a minute: what happens in between.</summary>
public sealed class RenewalTests
{
    private const string Grace = LocalClerkDefaults.GraceUserId;

    [Fact]
    public async Task A_form_that_was_open_for_longer_than_the_token_loses_nothing()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);

        for (var lives = 0; lives < 3; lives++)
        {
            site.Clock.AdvanceSeconds(600);
            using var answer = await grace.SubmitAsync($"{app}/form", $"text {lives}");
            Assert.Equal($"{Grace} wrote text {lives}", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_page_is_renewed_without_being_sent_anywhere()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        site.OutliveToken();

        var page = await grace.OpenAsync($"{app}/me");

        Assert.Equal(Grace, page.Text);
        Assert.Empty(page.Trail);
    }

    [Fact]
    public async Task Six_fetches_that_meet_the_expired_token_together_are_all_answered_by_one_renewal()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        site.OutliveToken();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => grace.FetchAsync($"{app}/me")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, await site.CountAsync("/refresh"));
    }

    [Fact]
    public async Task What_comes_late_with_the_expired_token_is_served_for_ten_seconds_and_then_not()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        var late = Copy(site, grace);
        var tooLate = Copy(site, grace);
        site.OutliveToken();
        using var first = await grace.FetchAsync($"{app}/me");

        site.Clock.AdvanceSeconds(9);
        using var served = await late.FetchAsync($"{app}/me");
        site.Clock.AdvanceSeconds(2);
        using var refused = await tooLate.FetchAsync($"{app}/me");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, served.StatusCode));
        Assert.Equal((HttpStatusCode.Unauthorized, "session_expired"), (refused.StatusCode, await CodeAsync(refused)));
    }

    [Theory]
    [InlineData("/", 0)]
    [InlineData("/me", 1)]
    public async Task A_picture_renews_a_session_only_where_not_everybody_may_see_it(string path, int renewals)
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        site.OutliveToken();

        using var answer = await grace.SendAsync(HttpMethod.Get, $"{app}{path}", request =>
        {
            request.Headers.Add("Sec-Fetch-Dest", "image");
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(renewals, await site.CountAsync("/refresh"));
    }

    [Fact]
    public async Task An_expired_token_without_its_refresh_token_is_worth_nothing_even_just_after_its_owner_renewed_it()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        var thief = Copy(site, grace);
        thief.Cookies.Remove(thief.Cookies.Keys.Single(name => name.StartsWith("__refresh_", StringComparison.Ordinal)));
        site.OutliveToken();
        using var owner = await grace.FetchAsync($"{app}/me");

        using var answer = await thief.FetchAsync($"{app}/me");

        Assert.Equal("session_expired", await CodeAsync(answer));
    }

    [Fact]
    public async Task A_page_whose_token_was_renewed_elsewhere_takes_the_handshake_and_a_fetch_repeats_itself()
    {
        await using var site = await Site.StartAsync();
        var (one, other) = (Site.FreeUrl(), Site.FreeUrl());
        await site.AddAppAsync(one, [other]);
        await site.AddAppAsync(other, [one]);
        var grace = await site.SignInAsync(one);
        var before = Copy(site, grace);
        site.OutliveToken();
        using var renewed = await grace.FetchAsync($"{one}/me");

        using var fetch = await before.FetchAsync($"{other}/me");
        var page = await before.OpenAsync($"{other}/me");

        Assert.Equal((HttpStatusCode.Unauthorized, "session_expired"), (fetch.StatusCode, await CodeAsync(fetch)));
        Assert.Equal(Grace, page.Text);
        Assert.Contains(page.Trail, address => address.Contains("/v1/client/handshake", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_apps_are_used_in_turn_for_three_token_lives_with_no_redirect_but_the_first()
    {
        await using var site = await Site.StartAsync();
        var (one, other) = (Site.FreeUrl(), Site.FreeUrl());
        await site.AddAppAsync(one, [other]);
        await site.AddAppAsync(other, [one]);
        var grace = await site.SignInAsync(one);
        await grace.OpenAsync($"{other}/me");

        for (var turn = 0; turn < 9; turn++)
        {
            site.Clock.AdvanceSeconds(30);
            var page = await grace.OpenAsync($"{(turn % 2 == 0 ? one : other)}/me");
            Assert.Equal((Grace, 0), (page.Text, page.Trail.Count));
        }
    }

    [Fact]
    public async Task A_session_that_was_ended_at_Clerk_is_not_renewed()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        var sessions = await site.ClerkAsync(HttpMethod.Get, $"/v1/sessions?user_id={Grace}&status=active");
        foreach (var session in sessions.EnumerateArray())
        {
            await site.ClerkAsync(HttpMethod.Post, $"/v1/sessions/{session.GetProperty("id").GetString()}/revoke");
        }

        site.OutliveToken();
        using var fetch = await grace.FetchAsync($"{app}/me");
        var page = await grace.OpenAsync($"{app}/me");

        Assert.Equal("session_expired", await CodeAsync(fetch));
        Assert.StartsWith($"{site.ClerkUrl}/sign-in", page.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_Clerk_is_away_an_expired_session_is_answered_503_and_goes_on_afterwards()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        site.OutliveToken();
        await site.SetFaultsAsync(new { api = new { close = 1.0 } });

        using var away = await grace.FetchAsync($"{app}/me");
        var page = await grace.OpenAsync($"{app}/me");
        await site.SetFaultsAsync(new { api = new { close = 0.0 } });
        using var back = await grace.FetchAsync($"{app}/me");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "clerk-unavailable"), (away.StatusCode, await CodeAsync(away)));
        Assert.NotNull(away.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task A_renewed_session_reaches_the_browser_though_the_page_failed()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        site.OutliveToken();

        using var fault = await grace.FetchAsync($"{app}/fault");
        site.Clock.AdvanceSeconds(20);
        using var next = await grace.FetchAsync($"{app}/me");

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.OK), (fault.StatusCode, next.StatusCode));
        Assert.True(fault.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_renewed_token_is_what_handlers_see()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        var expired = grace.Cookies[grace.SessionCookie];
        site.OutliveToken();

        using var answer = await grace.FetchAsync($"{app}/auth/session");
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.InRange(session.GetProperty("expiresInSeconds").GetInt32(), 30, 60);
        Assert.NotEqual(expired, grace.Cookies[grace.SessionCookie]);
    }

    [Fact]
    public async Task Whoever_signed_in_as_somebody_else_is_not_renewed_as_the_one_before()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        site.OutliveToken();
        var uat = site.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var name in grace.Cookies.Keys.Where(name => name.StartsWith("__client_uat", StringComparison.Ordinal)).ToArray())
        {
            grace.Cookies[name] = uat;
        }

        using var answer = await grace.FetchAsync($"{app}/me");

        Assert.Equal("session_expired", await CodeAsync(answer));
        Assert.Equal(0, await site.CountAsync("/refresh"));
    }

    private static Browser Copy(Site site, Browser browser)
    {
        var copy = new Browser(site.ClerkUrl);
        foreach (var (name, value) in browser.Cookies)
        {
            copy.Cookies[name] = value;
        }

        return copy;
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
