using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Gatehouse.Local.Tests.Frontend;

public sealed class HandshakeTests
{
    private const string App = "http://localhost:3000/courses?page=2";
    private const string Suffix = "_ko-MjgMK";

    [Fact]
    public async Task Nonce_is_traded_once_for_the_cookies_of_who_is_signed_in()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var location = await ShakeAsync(browser, App, "&format=nonce&suffixed_cookies=true");
        var nonce = Query(location)["__clerk_handshake_nonce"];
        Assert.Equal("2", Query(location)["page"]);
        var payload = await clerk.GetAsync($"/v1/clients/handshake_payload?nonce={nonce}");

        var cookies = Cookies(payload.Json["directives"]!.AsArray());
        var token = await ReadToken.VerifiedAsync(clerk, cookies["__session"]);
        Assert.Equal(("http://localhost:3000", browser.SessionId), (token.Text("azp"), token.Text("sid")));
        Assert.Equal(browser.DevBrowser, cookies["__clerk_db_jwt"]);
        Assert.True(long.Parse(cookies["__client_uat"], System.Globalization.CultureInfo.InvariantCulture) <= token.Number("iat"));
        foreach (var name in new[] { "__session", "__clerk_db_jwt", "__client_uat" })
        {
            Assert.Equal(cookies[name], cookies[name + Suffix]);
        }

        Assert.NotEmpty(cookies["__refresh" + Suffix]);
        Assert.Equal(404, (await clerk.GetAsync($"/v1/clients/handshake_payload?nonce={nonce}")).Status);
    }

    [Fact]
    public async Task Nonce_is_good_for_a_minute_and_for_holders_of_the_secret_key()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        using var stranger = clerk.Bare();
        var nonce = Query(await ShakeAsync(browser, App, "&format=nonce"))["__clerk_handshake_nonce"];

        Assert.Equal(401, (await clerk.SendAsync(HttpMethod.Get, $"/v1/clients/handshake_payload?nonce={nonce}", client: stranger)).Status);
        clerk.Clock.AdvanceSeconds(60);
        Assert.Equal(404, (await clerk.GetAsync($"/v1/clients/handshake_payload?nonce={nonce}")).Status);
        Assert.Equal("form_param_missing", (await clerk.GetAsync("/v1/clients/handshake_payload")).Code);
    }

    [Fact]
    public async Task Token_of_the_handshake_is_signed_and_holds_the_same()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var location = await ShakeAsync(browser, App, "");

        var token = await ReadToken.VerifiedAsync(clerk, Query(location)["__clerk_handshake"]!);
        Assert.Equal("cl_B7d4PD111AAA", (string?)token.Header["cat"]);
        Assert.Contains("__session", Cookies(token.Claims["handshake"]!.AsArray()));
    }

    [Fact]
    public async Task Nobody_signed_in_empties_the_cookies_and_names_the_browser()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk) { DevBrowser = "dvb_of_yesterday" };

        var token = await ReadToken.VerifiedAsync(clerk, Query(await ShakeAsync(browser, App, ""))["__clerk_handshake"]!);

        var lines = token.Claims["handshake"]!.AsArray();
        var cookies = Cookies(lines);
        Assert.Equal(("", "", "0"), (cookies["__session"], cookies["__session" + Suffix], cookies["__client_uat"]));
        Assert.StartsWith("dvb_", cookies["__clerk_db_jwt"], StringComparison.Ordinal);
        Assert.NotEqual("dvb_of_yesterday", cookies["__clerk_db_jwt"]);
        Assert.StartsWith("__session", (string?)lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("org_2LocalKrypton00000000000001", "krypton")]
    [InlineData("krypton", "krypton")]
    [InlineData("", null)]
    [InlineData("operators", "krypton")]
    public async Task Organization_that_the_app_names_becomes_the_active_one(string named, string? active)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        await browser.PostAsync($"/client/sessions/{browser.SessionId}/touch", ("active_organization_id", "krypton"));

        var token = await ReadToken.VerifiedAsync(
            clerk, Query(await ShakeAsync(browser, App, $"&organization_id={named}"))["__clerk_handshake"]!);

        var session = await ReadToken.VerifiedAsync(clerk, Cookies(token.Claims["handshake"]!.AsArray())["__session"]);
        Assert.Equal(active, (string?)session.Claims["o"]?["slg"]);
    }

    [Theory]
    [InlineData("http://localhost:3000/", true)]
    [InlineData("https://127.0.0.1/", true)]
    [InlineData("https://app.test/", true)]
    [InlineData("https://app.test.example.com/", false)]
    [InlineData("https://localhost@example.com/", false)]
    [InlineData("//example.com/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("", false)]
    public async Task Browsers_are_sent_to_loopback_and_configured_hosts_only(string address, bool allowed)
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:AllowedOrigins", "https://app.test"));
        using var browser = await TestBrowser.StartAsync(clerk);

        var answer = await browser.GetAsync($"/client/handshake?redirect_url={Uri.EscapeDataString(address)}");

        Assert.Equal(allowed ? 307 : 400, answer.Status);
        Assert.Equal(allowed, answer.Message.Headers.Location is not null);
        if (allowed && address.StartsWith("https", StringComparison.Ordinal))
        {
            var token = await ReadToken.VerifiedAsync(clerk, Query(answer.Message.Headers.Location!)["__clerk_handshake"]!);
            Assert.All(token.Claims["handshake"]!.AsArray(), line => Assert.Contains("; Secure", (string?)line, StringComparison.Ordinal));
        }
    }

    private static async Task<Uri> ShakeAsync(TestBrowser browser, string address, string more)
    {
        var answer = await browser.GetAsync($"/client/handshake?redirect_url={Uri.EscapeDataString(address)}{more}");
        Assert.Equal(307, answer.Status);
        Assert.Equal("no-store", answer.Message.Headers.CacheControl?.ToString());
        return answer.Message.Headers.Location!;
    }

    private static Dictionary<string, string?> Query(Uri address) =>
        QueryHelpers.ParseQuery(address.Query).ToDictionary(field => field.Key, field => (string?)field.Value);

    private static Dictionary<string, string> Cookies(JsonArray lines) =>
        lines.Select(line => ((string)line!).Split(';')[0].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
