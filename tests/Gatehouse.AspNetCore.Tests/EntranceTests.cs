using System.Net;
using System.Text.Json;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Tests;

public sealed class EntranceTests
{
    [Fact]
    [Proves("G28")]
    public async Task A_genuine_token_enters_as_its_subject()
    {
        await using var app = await EdgeApp.StartAsync();
        using var response = await app.SendAsync("/me", app.Forge.Session());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(TokenForge.UserId, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_longest_lives_are_those_of_the_configuration()
    {
        await using var app = await EdgeApp.StartAsync(settings: [("Gatehouse:MaximumLifetimes:Session", "00:00:59")]);
        using var session = await app.SendAsync("/me", app.Forge.Session());
        Assert.Equal("lifetime", (await ProblemAsync(session)).GetProperty("code").GetString());
        using var machine = await app.SendAsync("/me", app.Forge.M2M());
        Assert.Equal(HttpStatusCode.OK, machine.StatusCode);
    }

    [Fact]
    public async Task Longest_lives_that_two_entrances_share_in_code_are_changed_for_one_by_its_own_section()
    {
        var shared = new MaximumLifetimes();
        await using var app = await EdgeApp.StartAsync(
            entrance => entrance.MaximumLifetimes = shared,
            gatehouse => gatehouse.AddEntrance("strict", entrance => entrance.MaximumLifetimes = shared),
            endpoints: routes => routes.MapGet("/strict", () => "strict").RequireEntrance("strict"),
            settings: [("Gatehouse:Entrances:strict:MaximumLifetimes:Session", "00:00:59")]);
        using var strict = await app.SendAsync("/strict", app.Forge.Session());
        Assert.Equal("lifetime", (await ProblemAsync(strict)).GetProperty("code").GetString());
        using var main = await app.SendAsync("/me", app.Forge.Session());
        Assert.Equal(HttpStatusCode.OK, main.StatusCode);
    }

    [Fact]
    public async Task A_refused_token_is_one_line_in_the_log()
    {
        await using var app = await EdgeApp.StartAsync();
        using var response = await app.SendAsync("/me", "no-token");
        var line = Assert.Single(app.Log.Lines, line => line.Text.Contains("malformed", StringComparison.Ordinal));
        Assert.Equal("Entrance Gatehouse refused a token: malformed", line.Text.TrimEnd());
    }

    [Fact]
    public async Task Without_credentials_the_challenge_names_no_error()
    {
        await using var app = await EdgeApp.StartAsync();
        using var response = await app.SendAsync("/me");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer realm=\"gatehouse\"", response.Headers.WwwAuthenticate.Single().ToString());
        Assert.Equal("unauthenticated", (await ProblemAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    [Proves("G28")]
    public async Task A_refused_token_is_answered_with_its_reason_and_nothing_more()
    {
        await using var app = await EdgeApp.StartAsync();
        var token = app.Forge.Session();
        app.Clock.AdvanceSeconds(66);
        using var response = await app.SendAsync("/me", token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            "Bearer realm=\"gatehouse\", error=\"invalid_token\", error_description=\"expired\"",
            response.Headers.WwwAuthenticate.Single().ToString());
        Assert.Equal(
            """{"type":"about:blank","title":"Unauthorized","status":401,"code":"expired","detail":"Unauthorized"}""",
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a b")]
    [InlineData("Bearer a.b.c, Bearer d.e.f")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30.AAAA")]
    public async Task A_header_that_is_no_bearer_credential_is_refused(string header)
    {
        await using var app = await EdgeApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = await app.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("malformed", (await ProblemAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Two_authorization_headers_are_refused()
    {
        await using var app = await EdgeApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {app.Forge.Session()}", $"Bearer {app.Forge.Session()}"]);
        using var response = await app.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    public async Task The_scheme_is_taken_in_any_case(string scheme)
    {
        await using var app = await EdgeApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {app.Forge.Session()}");
        using var response = await app.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_bad_token_on_an_open_endpoint_does_no_harm()
    {
        await using var app = await EdgeApp.StartAsync();
        using var response = await app.SendAsync("/open", "a.b.c");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task An_unreachable_key_set_is_503_and_not_401()
    {
        // Nothing listens on port 9 of loopback.
        await using var app = await EdgeApp.StartAsync(settings: [("CLERK_JWT_KEY", null), ("CLERK_PROXY_URL", "http://127.0.0.1:9/")]);
        using var response = await app.SendAsync("/me", app.Forge.Session());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("5", response.Headers.RetryAfter!.ToString());
        Assert.Equal("keys-unavailable", (await ProblemAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Neither_token_nor_exception_reaches_log_or_answer()
    {
        await using var app = await EdgeApp.StartAsync();
        var token = app.SessionOf("admin");
        using var fault = await app.SendAsync("/api/fault", token);
        using var refused = await app.SendAsync("/me", token + "x");

        Assert.Equal(HttpStatusCode.InternalServerError, fault.StatusCode);
        Assert.DoesNotContain("secret", await fault.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Lines, line => line.Text.Contains(token[..40], StringComparison.Ordinal));
    }

    internal static async Task<JsonElement> ProblemAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }
}
