using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using Gatehouse.AspNetCore.Tests.BrowserSessions;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

/// <summary>A browser with a cookie, the app in front, the local Clerk, and a service that only knows bearer tokens.</summary>
public sealed class BrowserForwardingTests
{
    [Fact]
    [Proves("G18", "G34")]
    public async Task What_a_page_fetches_reaches_the_service_as_the_persons_own_over_three_token_lives()
    {
        await using var site = await Site.StartAsync();
        await using var upstream = await Upstream.StartAsync();
        var app = await site.AddAppAsync(routes: app => app.MapForwarding("/api/analyzer/{**rest}", upstream.Address));
        var grace = await site.SignInAsync(app);

        for (var lives = 0; lives < 3; lives++)
        {
            site.Clock.AdvanceSeconds(600);
            using var answer = await grace.FetchAsync($"{app}/api/analyzer/save", HttpMethod.Post, request => request.Content = new StringContent("{}"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(3, upstream.Requests.Count);
        Assert.Equal(3, upstream.Requests.Select(CallerTokenTests.Bearer).Distinct().Count());
        Assert.All(upstream.Requests, request =>
        {
            Assert.Null(request["Cookie"]);
            var claims = JsonNode.Parse(Base64Url.DecodeFromChars(CallerTokenTests.Bearer(request).Split('.')[1]))!;
            Assert.Equal(LocalClerkDefaults.GraceUserId, (string?)claims["sub"]);
            Assert.Equal(app, (string?)claims["azp"]);
        });
    }

    [Fact]
    public async Task A_cookie_token_that_names_no_party_is_not_passed_on_but_one_that_does_is_minted_for_its_session()
    {
        await using var site = await Site.StartAsync();
        await using var upstream = await Upstream.StartAsync();
        var app = await site.AddAppAsync(routes: app => app.MapForwarding("/api/{**rest}", upstream.Address));
        var grace = await site.SignInAsync(app);
        var session = (string)JsonNode.Parse(Base64Url.DecodeFromChars(grace.Cookies[grace.SessionCookie].Split('.')[1]))!["sid"]!;
        var plain = await site.ClerkAsync(HttpMethod.Post, $"/v1/sessions/{session}/tokens");
        grace.Cookies[grace.SessionCookie] = grace.Cookies["__session"] = plain.GetProperty("jwt").GetString()!;
        var before = await site.CountAsync($"/sessions/{session}/tokens");

        for (var calls = 0; calls < 3; calls++)
        {
            using var answer = await grace.FetchAsync($"{app}/api/x");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(1, await site.CountAsync($"/sessions/{session}/tokens") - before);
        var token = Assert.Single(upstream.Requests.Select(CallerTokenTests.Bearer).Distinct());
        Assert.NotEqual(plain.GetProperty("jwt").GetString(), token);
        Assert.Equal(app, (string?)JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!["azp"]);
    }

    [Fact]
    public async Task Another_sites_page_reaches_nothing_by_the_persons_cookie()
    {
        await using var site = await Site.StartAsync();
        await using var upstream = await Upstream.StartAsync();
        var app = await site.AddAppAsync(routes: app => app.MapForwarding("/api/{**rest}", upstream.Address));
        var grace = await site.SignInAsync(app);
        using var answer = await grace.SubmitAsync($"{app}/api/save", "text", site: "cross-site", origin: "https://evil.example.com");
        Assert.Equal(4, (int)answer.StatusCode / 100);
        Assert.Empty(upstream.Requests);
    }
}
