using System.Net;
using System.Net.Http.Json;
using System.Text;
using Gatehouse.AspNetCore.Forwarding;
using Gatehouse.AspNetCore.Problems;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

public sealed class ForwardingTests
{
    [Fact]
    [Proves("G3", "G4")]
    public async Task A_post_reaches_the_service_behind_with_the_persons_token_and_its_answer_comes_back()
    {
        await using var analyzer = await Upstream.StartAsync(async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Response.StatusCode = 201;
            await context.Response.WriteAsJsonAsync(new { saved = body });
        });
        await using var front = await FrontApp.StartAsync(app =>
            app.MapForwarding("POST", "/api/analyzer", new Uri(analyzer.Address, "/api/user_modules/save")));
        var token = front.Forge.Session();

        using var response = await front.SendAsync("/api/analyzer", HttpMethod.Post, token, JsonContent.Create(new { module = 1 }));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("""{"saved":"{\"module\":1}"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("POST", analyzer.Request.Method);
        Assert.Equal("/api/user_modules/save", analyzer.Request.Target);
        Assert.Equal($"Bearer {token}", analyzer.Request["Authorization"]);
        Assert.StartsWith("application/json", analyzer.Request["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(0, front.Clerk.Mints);
    }

    [Theory]
    [InlineData(200, "text/plain", "fine")]
    [InlineData(404, null, "")]
    [InlineData(401, "application/json", """{"detail":"Invalid token: expired"}""")]
    [InlineData(403, "application/json", """{"detail":"Not authorized to access this resource"}""")]
    [InlineData(418, "text/html", "<p>tea</p>")]
    [InlineData(500, null, "")]
    [InlineData(503, "application/problem+json", "{}")]
    [InlineData(204, null, "")]
    [InlineData(304, null, "")]
    [Proves("G4")]
    public async Task The_services_own_status_and_body_pass_unchanged(int status, string? type, string body)
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body);
        });
        await using var front = await FrontApp.ToAsync(upstream);
        using var response = await front.SendAsync("/to/x");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.ToString());
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Redirects_are_the_callers_to_follow_and_packed_bodies_the_callers_to_unpack()
    {
        var packed = new byte[] { 0x1f, 0x8b, 1, 2, 3 };
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "/elsewhere";
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync(packed).AsTask();
        });
        await using var front = await FrontApp.ToAsync(upstream);
        using var response = await front.SendAsync("/to/x");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("/elsewhere", response.Headers.Location?.OriginalString);
        Assert.Equal(packed, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task A_head_request_has_the_answers_length_and_no_body()
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.ContentLength = 12345;
            return Task.CompletedTask;
        });
        await using var front = await FrontApp.ToAsync(upstream);
        using var response = await front.SendAsync("/to/x", HttpMethod.Head);
        Assert.Equal(12345, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    [Proves("G1")]
    public async Task Who_is_not_signed_in_is_answered_in_the_endpoints_own_words_and_nothing_is_forwarded()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.StartAsync(app => app
            .MapForwarding("POST", "/api/analyzer", upstream.Address)
            .WithProblemAnswer(401, ProblemAnswer.Text("Unauthorized")));
        using var response = await front.Client.PostAsync("/api/analyzer", null);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Unauthorized", await response.Content.ReadAsStringAsync());
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_permission_a_limit_and_problem_documents_are_as_on_any_endpoint()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.StartAsync(app => app.MapForwarding("/to/{**rest}", upstream.Address)
            .RequirePermission("read").RequireRateLimit("api"));
        using var refused = await front.SendAsync("/to/x", token: front.Forge.Session(claims => claims["role"] = "nobody"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("forbidden", (await EntranceTests.ProblemAsync(refused)).GetProperty("code").GetString());
        using var passed = await front.SendAsync("/to/x", token: front.Forge.Session(claims => claims["role"] = "reader"));
        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        Assert.Equal("98", passed.Headers.GetValues("X-RateLimit-Remaining").Single());
        Assert.Single(upstream.Requests);
    }

    [Fact]
    [Proves("G5")]
    public async Task A_service_that_is_away_is_answered_in_the_endpoints_own_words_and_logged_in_the_seeds()
    {
        await using var front = await FrontApp.StartAsync(app => app
            .MapForwarding("POST", "/api/analyzer", new Uri("http://127.0.0.1:9"), options => options.Service = "analyzer service")
            .WithProblemAnswer("upstream-unavailable", ProblemAnswer.Json("""{"error":"Failed to communicate with analyzer service"}""", 500)));
        using var response = await front.SendAsync("/api/analyzer", HttpMethod.Post, content: new StringContent("{}"));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("""{"error":"Failed to communicate with analyzer service"}""", await response.Content.ReadAsStringAsync());
        Assert.Null(response.Headers.RetryAfter);
        Assert.Contains(front.Log.Lines, line => line.Level == LogLevel.Error && line.Text.StartsWith("Error calling analyzer service:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_is_away_is_503_and_says_when_to_come_back()
    {
        await using var front = await FrontApp.StartAsync(app => app.MapForwarding("/to/{**rest}", new Uri("http://127.0.0.1:9")));
        using var response = await front.SendAsync("/to/x");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("upstream-unavailable", (await EntranceTests.ProblemAsync(response)).GetProperty("code").GetString());
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("/to", "/base")]
    [InlineData("/to/", "/base")]
    [InlineData("/to?a=b", "/base?a=b")]
    [InlineData("/to/x/y", "/base/x/y")]
    [InlineData("/to/x/", "/base/x/")]
    [InlineData("/to/a%20b/%C3%A4?q=%2F..%2f&q=%00&r=a+b&%5B", "/base/a%20b/%C3%A4?q=%2F..%2f&q=%00&r=a+b&%5B")]
    [InlineData("/to/a;v=1,2:3@4!$&'()*+=~", "/base/a;v=1,2:3@4!$&'()*+=~")]
    [InlineData("/to/100%25?", "/base/100%25?")]
    public async Task The_rest_of_the_path_and_the_query_arrive_letter_for_letter(string asked, string arrived)
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.StartAsync(app =>
            app.MapGroup("/").MapForwarding("/to/{**rest}", new Uri(upstream.Address, "/base"), options => options.Token = ForwardedToken.None));
        Assert.StartsWith("HTTP/1.1 200", await RawHttp.AskAsync(front.Address, $"GET {asked} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(arrived, upstream.Request.Target);
    }

    [Fact]
    public async Task A_method_that_is_no_question_to_a_service_is_refused()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream);
        using var trace = await front.SendAsync("/to/x", HttpMethod.Trace);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, trace.StatusCode);
        var connect = await RawHttp.AskAsync(front.Address, $"CONNECT {upstream.Address.Authority} HTTP/1.1\r\nHost: {upstream.Address.Authority}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 4", connect, StringComparison.Ordinal);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task An_upstream_of_http_2_is_spoken_to_in_it()
    {
        await using var upstream = await Upstream.StartAsync(protocols: HttpProtocols.Http2);
        await using var front = await FrontApp.ToAsync(upstream, options => options.Http2 = true);
        using var response = await front.SendAsync("/to/x", HttpMethod.Put, content: new StringContent("body", Encoding.UTF8));
        Assert.Equal("answer", await response.Content.ReadAsStringAsync());
        Assert.Equal("HTTP/2", upstream.Request.Protocol);
    }

    [Fact]
    public async Task Trailers_pass_between_http_2_and_http_2()
    {
        await using var upstream = await Upstream.StartAsync(protocols: HttpProtocols.Http2, handler: async context =>
        {
            await context.Response.WriteAsync("body");
            context.Response.AppendTrailer("X-Checksum", "42");
            context.Response.AppendTrailer("Set-Cookie", "a=b");
        });
        await using var front = await FrontApp.StartAsync(
            app => app.MapForwarding("/to/{**rest}", upstream.Address, options => options.Http2 = true), protocols: HttpProtocols.Http2);
        using var request = front.Ask("/to/x");
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        using var response = await front.Client.SendAsync(request);
        Assert.Equal("42", response.TrailingHeaders.GetValues("X-Checksum").Single());
        Assert.False(response.TrailingHeaders.Contains("Set-Cookie"));
    }
}
