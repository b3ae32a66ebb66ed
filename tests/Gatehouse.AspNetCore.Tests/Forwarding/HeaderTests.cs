using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gatehouse.AspNetCore.Forwarding;
using Gatehouse.AspNetCore.Forwarding.Internal;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("X-User-ID: user_1")]
    [InlineData("x-user-id: user_1")]
    [InlineData("X_User_ID: user_1")]
    [InlineData("X-User_ID: user_1")]
    [InlineData("X-Gatehouse-Subject: user_1")]
    [InlineData("x-gatehouse-anything: 1")]
    [InlineData("X-Clerk-Auth-Status: signed-in")]
    [InlineData("X-Forwarded-User: user_1")]
    [InlineData("X-Forwarded-Uri: /admin")]
    [InlineData("X-Forwarded-Port: 1")]
    [InlineData("X_Forwarded_For: 6.6.6.6")]
    [InlineData("Forwarded: for=6.6.6.6")]
    [InlineData("X-Real-IP: 6.6.6.6")]
    [InlineData("True-Client-IP: 6.6.6.6")]
    [InlineData("CF-Connecting-IP: 6.6.6.6")]
    [InlineData("X-Original-URL: /admin")]
    [InlineData("X-Original-Host: admin")]
    [InlineData("X-Rewrite-URL: /admin")]
    [InlineData("X-HTTP-Method-Override: DELETE")]
    [InlineData("X-Middleware-Subrequest: middleware")]
    [InlineData("X-Envoy-Original-Path: /admin")]
    [InlineData("Remote-User: root")]
    [InlineData("Proxy-Authorization: Basic YTpi")]
    [InlineData("Proxy: http://6.6.6.6")]
    [InlineData("Cookie: __session=secret")]
    [InlineData("TE: trailers")]
    [InlineData("Keep-Alive: timeout=5")]
    [InlineData("Trailer: X-A")]
    [InlineData("Upgrade: h2c")]
    [InlineData("HTTP2-Settings: AAMAAABkAAQAAP__")]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("X-Mine: dropped by option")]
    [Proves("G19")]
    public async Task What_only_a_proxy_may_say_never_passes_from_a_caller(string header)
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.StartAsync(app => app.MapForwarding("/to/{**rest}", upstream.Address, options =>
        {
            options.Token = ForwardedToken.None;
            options.DroppedHeaders.Add("x-mine");
        }));
        var answer = await AskAsync(front, header, "Accept: text/plain");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        var (name, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 2)..]);
        Assert.DoesNotContain(upstream.Request.Headers, arrived => arrived.Value.Contains(value, StringComparer.Ordinal));
        Assert.DoesNotContain(name, upstream.Request.Headers.Keys.Except(["traceparent"]), StringComparer.OrdinalIgnoreCase);
        Assert.Equal("text/plain", upstream.Request["Accept"]);
    }

    [Fact]
    [Proves("G19")]
    public async Task What_is_true_of_the_caller_is_added_by_us_and_cannot_be_taken_away()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream);
        var answer = await AskAsync(
            front,
            $"Authorization: Bearer {front.Forge.Session()}",
            "X-Forwarded-For: 6.6.6.6",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: evil",
            "X-Secret: of this connection",
            "Connection: X-Forwarded-For, Authorization, x-secret , X-Forwarded-Host",   // beside its own words Kestrel tells none of these
            "Connection: X-Forwarded-Proto");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        var request = upstream.Request;
        Assert.Equal("127.0.0.1", request["X-Forwarded-For"]);
        Assert.Equal("http", request["X-Forwarded-Proto"]);
        Assert.Equal("front.example.com", request["X-Forwarded-Host"]);
        Assert.Equal(upstream.Address.Authority, request["Host"]);
        Assert.StartsWith("Bearer ", request["Authorization"], StringComparison.Ordinal);
        Assert.Null(request["X-Secret"]);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", request["traceparent"]);
    }

    [Fact]
    public async Task Whatever_else_a_caller_says_passes_as_it_was_said()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream, options => options.Token = ForwardedToken.None);
        await AskAsync(front, "Accept: a/b", "Accept: c/d;q=0.5", "Accept-Encoding: br", "User-Agent: odd (agent", "If-None-Match: W/\"1\"", "X-Own: \u00c3\u00a4", "Last-Event-ID: 7", "Range: bytes=0-1");
        var request = upstream.Request;
        Assert.Equal("a/b, c/d;q=0.5", request["Accept"]?.Replace(" | ", ", ", StringComparison.Ordinal));
        Assert.Equal("br", request["Accept-Encoding"]);
        Assert.Equal("odd (agent", request["User-Agent"]);
        Assert.Equal("W/\"1\"", request["If-None-Match"]);
        Assert.Equal("\u00e4", request["X-Own"]);
        Assert.Equal("7", request["Last-Event-ID"]);
        Assert.Equal("bytes=0-1", request["Range"]);
    }

    [Theory]
    [InlineData("Content-Type: a/b", "Content-Type: c/d")]
    [InlineData("Origin: https://a", "Origin: https://b")]
    [InlineData("Range: bytes=0-1", "range: bytes=2-3")]
    [InlineData("If-Range: \"1\"", "If-Range: \"2\"")]
    [InlineData("User-Agent: a", "User-Agent: b")]
    public async Task A_header_twice_that_means_something_once_is_refused(string one, string other)
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream, options => options.Token = ForwardedToken.None);
        var answer = await AskAsync(front, one, other);
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("ambiguous-header", answer, StringComparison.Ordinal);
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData("Set-Cookie", "__session=theirs")]
    [InlineData("Clear-Site-Data", "\"cookies\"")]
    [InlineData("Server", "theirs")]
    [InlineData("X-Powered-By", "theirs")]
    [InlineData("X-RateLimit-Remaining", "7")]
    [InlineData("RateLimit", "\"theirs\";r=7;t=1")]
    [InlineData("RateLimit-Policy", "\"theirs\";q=7;w=1")]
    [InlineData("Strict-Transport-Security", "max-age=7")]
    [InlineData("Access-Control-Allow-Origin", "https://evil.example.com")]
    [InlineData("Access-Control-Allow-Credentials", "true")]
    [InlineData("Alt-Svc", "h3=\":7\"")]
    [InlineData("Proxy-Authenticate", "Basic")]
    [InlineData("Upgrade", "h2c")]
    public async Task What_speaks_for_this_origin_or_this_connection_never_passes_from_a_service(string name, string value)
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.Headers[name] = value;
            return context.Response.WriteAsync("answer");
        });
        await using var front = await FrontApp.StartAsync(app => app.MapForwarding("/to/{**rest}", upstream.Address).RequireRateLimit("api"));
        using var response = await front.SendAsync("/to/x");
        Assert.Equal("answer", await response.Content.ReadAsStringAsync());
        Assert.DoesNotContain(response.Headers, header => header.Key == name && header.Value.Contains(value));
        Assert.Equal("99", response.Headers.GetValues("X-RateLimit-Remaining").Single());
    }

    [Fact]
    public async Task What_an_option_lets_through_passes_and_so_does_everything_else()
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.Headers.Append("Set-Cookie", "a=1");
            context.Response.Headers.Append("Set-Cookie", "b=2");
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.ETag = "\"1\"";
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
            context.Response.Headers.RetryAfter = "7";
            context.Response.Headers["X-Named"] = "of their connection";
            context.Response.Headers.Connection = "X-Named";
            return context.Response.WriteAsync("answer");
        });
        await using var front = await FrontApp.ToAsync(upstream, options => (options.PassSetCookie, options.PassCors) = (true, true));
        using var response = await front.SendAsync("/to/x");
        Assert.Equal(["a=1", "b=2"], response.Headers.GetValues("Set-Cookie"));
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("\"1\"", response.Headers.ETag?.Tag);
        Assert.Equal("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("7", response.Headers.GetValues("Retry-After").Single());
        Assert.False(response.Headers.Contains("X-Named"));
    }

    [Fact]
    public async Task A_header_of_the_service_that_cannot_be_sent_is_left_out_and_the_answer_is_not_lost()
    {
        await using var server = new RawServer((_, stream) => stream.WriteAsync("HTTP/1.1 200 OK\r\nX-Odd: \u00e4\u0001\r\nX-Fine: 1\r\nContent-Length: 6\r\n\r\nanswer"u8.ToArray()));
        await using var front = await FrontApp.StartAsync(app => app.MapForwarding("/to/{**rest}", server.Address));
        using var response = await front.SendAsync("/to/x");
        Assert.Equal("answer", await response.Content.ReadAsStringAsync());
        Assert.False(response.Headers.Contains("X-Odd"));
        Assert.Equal("1", response.Headers.GetValues("X-Fine").Single());
    }

    [Fact]
    public void No_spelling_of_an_identity_header_passes()
    {
        var counts = Counts.Of("forwarding-headers");
        string[] identities = ["X-User-ID", "X-Gatehouse-Subject", "X-Forwarded-For", "X-Forwarded-User", "X-Original-URL", "X-Rewrite-URL", "Forwarded", "X-Real-IP", "Authorization", "Cookie", "Remote-User"];
        var spellings =
            from name in Gen.Elements(identities)
            from upper in Gen.Choose(0, int.MaxValue)
            from separators in Gen.Choose(0, int.MaxValue)
            from tail in Gen.Elements("", "-2", "_x")
            select (Name: name, Text: new string([.. name.Select((letter, at) =>
                letter == '-' ? ((separators >> (at % 31)) & 1) == 0 ? '-' : '_' : ((upper >> (at % 31)) & 1) == 0 ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter))])
                + (name.Count(letter => letter == '-') > 1 || tail == "_x" ? tail : ""));
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(counts.Count).WithReplay((ulong)counts.Seed, 1),
            Prop.ForAll(spellings.Where(spelling => !spelling.Text.StartsWith("X-Real-IP-", StringComparison.OrdinalIgnoreCase)).ToArbitrary(), spelling => !RequestHeaders.Passes(spelling.Text, default)));
    }

    internal static Task<string> AskAsync(FrontApp front, params string[] headers)
    {
        var request = new StringBuilder("GET /to/x HTTP/1.1\r\nHost: front.example.com\r\n");
        foreach (var header in headers)
        {
            request.Append(header).Append("\r\n");
        }

        // The second request only ends the connection.
        var asked = request.Append("\r\n").Append("GET /nowhere HTTP/1.1\r\nHost: front.example.com\r\nConnection: close\r\n\r\n").ToString();
        return RawHttp.AskAsync(front.Address, asked);
    }
}
