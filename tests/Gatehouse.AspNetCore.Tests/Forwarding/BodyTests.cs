using System.Net;
using System.Net.Sockets;
using System.Text;
using Gatehouse.AspNetCore.Forwarding;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

public sealed class BodyTests
{
    private const int Huge = 100 * 1024 * 1024;

    [Theory]
    [InlineData(HttpProtocols.Http1, true)]
    [InlineData(HttpProtocols.Http1, false)]
    [InlineData(HttpProtocols.Http2, false)]
    public async Task A_hundred_megabytes_stream_both_ways_and_are_never_held(HttpProtocols protocol, bool withLength)
    {
        var asked = new HashOf();
        var answered = new HashOf();
        await using var upstream = await Upstream.StartAsync(protocols: protocol, handler: async context =>
        {
            await context.Request.Body.CopyToAsync(asked);
            await HashOf.SendAsync(context.Response.Body, Huge, answered);
        });
        await using var front = await FrontApp.ToAsync(upstream, options =>
            (options.Http2, options.MaximumBodyBytes) = (protocol == HttpProtocols.Http2, null));
        var sent = new HashOf();
        using var content = new PouredContent(Huge, withLength, sent);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        using var response = await front.SendAsync("/to/x", HttpMethod.Post, content: content);
        var received = new HashOf();
        await using (var body = await response.Content.ReadAsStreamAsync())
        {
            var buffer = new byte[1024 * 1024];
            for (var round = 0; await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false) is > 0 and var count; round++)
            {
                received.Write(buffer.AsSpan(0, count));
                most = round % 10 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true)) : most;
            }
        }

        Assert.Equal((Huge, Huge), (asked.Length, received.Length));
        Assert.Equal(sent.Text, asked.Text);
        Assert.Equal(answered.Text, received.Text);
        Assert.True(most - before < 24 * 1024 * 1024, $"{(most - before) / 1024 / 1024} MiB more were held");
    }

    [Fact]
    public async Task Each_event_arrives_when_it_was_sent_and_the_head_before_the_first()
    {
        var next = new SemaphoreSlim(0);
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            for (var at = 0; at < 3; at++)
            {
                await next.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync($"data: {at}\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        });
        await using var front = await FrontApp.ToAsync(upstream);
        using var response = await front.SendAsync("/to/x");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no", response.Headers.GetValues("X-Accel-Buffering").Single());
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var at = 0; at < 3; at++)
        {
            next.Release();
            Assert.Equal($"data: {at}", await reader.ReadLineAsync());
            Assert.Equal("", await reader.ReadLineAsync());
        }

        Assert.Null(await reader.ReadLineAsync());
    }

    [Fact]
    public async Task What_a_caller_sends_piece_by_piece_arrives_piece_by_piece()
    {
        var first = new TaskCompletionSource<string>();
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            var buffer = new byte[5];
            await context.Request.Body.ReadExactlyAsync(buffer);
            first.SetResult(Encoding.UTF8.GetString(buffer));
            await context.Response.WriteAsync(await new StreamReader(context.Request.Body).ReadToEndAsync());
        });
        await using var front = await FrontApp.ToAsync(upstream);
        using var content = new StepContent();
        var asking = front.SendAsync("/to/x", HttpMethod.Post, content: content);
        await content.SendAsync("first");
        Assert.Equal("first", await first.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        await content.SendAsync("second");
        content.End();
        using var response = await asking;
        Assert.Equal("second", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task An_answer_may_end_before_the_request_does_and_the_connection_goes_on(HttpProtocols protocol)
    {
        await using var upstream = await Upstream.StartAsync(protocols: HttpProtocols.Http2, handler: async context =>
        {
            if (context.Request.Path == "/early")
            {
                await context.Request.Body.ReadExactlyAsync(new byte[5]);
                await context.Response.WriteAsync("early");
                return;
            }

            await context.Response.WriteAsync(await new StreamReader(context.Request.Body).ReadToEndAsync());
        });
        await using var front = await FrontApp.StartAsync(
            app => app.MapForwarding("/to/{**rest}", upstream.Address, options => options.Http2 = true), protocols: protocol);
        for (var round = 0; round < 5; round++)
        {
            using var open = new StepContent();
            using var early = Ask(front, protocol, "/to/early", open);
            var asking = front.Client.SendAsync(early);
            await open.SendAsync("first");
            if (protocol == HttpProtocols.Http1)
            {
                open.End();   // this client waits with reading until it has sent everything
            }

            using var response = await asking.WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Equal("early", await response.Content.ReadAsStringAsync());

            using var next = Ask(front, protocol, "/to/next", new StringContent("whole"));
            using var whole = await front.Client.SendAsync(next);
            Assert.Equal("whole", await whole.Content.ReadAsStringAsync());
            if (protocol == HttpProtocols.Http2)
            {
                open.End();
            }
        }
    }

    [Fact]
    public async Task A_service_that_has_answered_and_listens_no_more_holds_no_request_open()
    {
        await using var upstream = await Upstream.StartAsync(protocols: HttpProtocols.Http2, handler: async context =>
        {
            await context.Response.WriteAsync("early");
            await context.Response.CompleteAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        var over = new TaskCompletionSource();
        await using var front = await FrontApp.StartAsync(
            app => app.MapForwarding("/to/{**rest}", upstream.Address, options => (options.Http2, options.MaximumBodyBytes) = (true, null)),
            first: app => app.Use(async (context, next) =>
            {
                await next(context);
                over.SetResult();
            }),
            protocols: HttpProtocols.Http2);
        using var content = new PouredContent(Huge, withLength: true, new HashOf());
        using var request = Ask(front, HttpProtocols.Http2, "/to/x", content);
        using var response = await front.Client.SendAsync(request).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("early", await response.Content.ReadAsStringAsync());
        await over.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_slow_caller_gets_everything_and_holds_the_service_back()
    {
        long sent = 0;
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            var block = new byte[64 * 1024];
            while (sent < Huge)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
                Interlocked.Add(ref sent, block.Length);
            }
        });
        await using var front = await FrontApp.ToAsync(upstream);
        using var response = await front.SendAsync("/to/x");
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1024]);
        var held = await StandStillAsync(() => Interlocked.Read(ref sent));
        Assert.InRange(held, 1, 32 * 1024 * 1024);   // in the sockets' buffers on the way, and nowhere else
        var rest = 1024L;
        var buffer = new byte[1024 * 1024];
        while (await body.ReadAsync(buffer) is > 0 and var count)
        {
            rest += count;
        }

        Assert.Equal(Huge, rest);
    }

    [Fact]
    public async Task A_caller_who_leaves_an_endless_answer_ends_it_at_the_service()
    {
        var ended = new TaskCompletionSource();
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => ended.TrySetResult());
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[1024]);
            }
        });
        await using var front = await FrontApp.ToAsync(upstream);
        var response = await front.SendAsync("/to/x");
        await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[1024 * 1024]);
        response.Dispose();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_caller_who_leaves_before_the_answer_ends_the_call_to_the_service()
    {
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => ended.TrySetResult());
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await using var front = await FrontApp.ToAsync(upstream);
        using var leaving = new CancellationTokenSource();
        using var request = front.Ask("/to/x");
        var asking = front.Client.SendAsync(request, leaving.Token);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nnonsense\r\n")]
    public async Task An_answer_that_is_cut_is_broken_off_and_never_ended_as_if_it_were_whole(string half)
    {
        await using var server = new RawServer((_, stream) => stream.WriteAsync(Encoding.ASCII.GetBytes(half)));
        await using var front = await FrontApp.StartAsync(app => app.MapForwarding("/to/{**rest}", server.Address));
        var answer = await RawHttp.AskAsync(front.Address, $"GET /to/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {front.Forge.Session()}\r\n\r\n");
        Assert.DoesNotContain("\r\n0\r\n", answer, StringComparison.Ordinal);   // what ends a chunked body
        using var request = front.Ask("/to/x");
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () => await (await front.Client.SendAsync(request)).Content.ReadAsStringAsync());
        Assert.Contains(front.Log.Lines, line => line.Level == LogLevel.Warning && line.Text.EndsWith("broken off: upstream-cut", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_413(bool saysSo)
    {
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("taken");
        });
        await using var front = await FrontApp.ToAsync(upstream, options => options.MaximumBodyBytes = 100_000);
        using var content = new PouredContent(100_001, saysSo, new HashOf());
        using var request = front.Ask("/to/x", HttpMethod.Post, content: content);
        request.Headers.ExpectContinue = true;
        using var response = await front.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("too-large", (await EntranceTests.ProblemAsync(response)).GetProperty("code").GetString());
        Assert.Equal(saysSo ? 0 : 1, upstream.Requests.Count);

        using var fitting = new PouredContent(saysSo ? 100_000 : 99_000, saysSo, new HashOf());   // the server counts the chunks' framing, too
        using var passed = await front.SendAsync("/to/x", HttpMethod.Post, content: fitting);
        Assert.Equal("taken", await passed.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_that_the_service_refuses_beforehand_is_never_asked_for()
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.Connection = "close";
            return context.Response.WriteAsync("not you");
        });
        await using var front = await FrontApp.StartAsync(
            app => app.MapForwarding("/to/{**rest}", upstream.Address),
            gatehouse: gatehouse => gatehouse.Services.AddHttpClient(ForwardingDefaults.HttpClientName)
                .UseSocketsHttpHandler((handler, _) => handler.Expect100ContinueTimeout = TimeSpan.FromMinutes(1)));
        var answer = await RawHttp.AskAsync(
            front.Address,
            $"POST /to/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {front.Forge.Session()}\r\nContent-Length: 100000\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
        Assert.Contains("not you", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("100 Continue", answer, StringComparison.Ordinal);
        Assert.Equal("100-continue", upstream.Request["Expect"]);
    }

    [Fact]
    public async Task An_answer_that_says_that_it_is_too_large_is_502_and_one_that_grows_too_large_is_broken_off()
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.ContentLength = context.Request.Path == "/says" ? 1001 : null;
            return context.Response.Body.WriteAsync(new byte[1001]).AsTask();
        });
        await using var front = await FrontApp.ToAsync(upstream, options => options.MaximumResponseBytes = 1000);
        using var response = await front.SendAsync("/to/says");
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("upstream-too-large", (await EntranceTests.ProblemAsync(response)).GetProperty("code").GetString());
        using var request = front.Ask("/to/grows");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => front.Client.SendAsync(request));
    }

    [Fact]
    public async Task An_answer_that_does_not_begin_in_time_is_503_and_one_that_stands_still_is_broken_off()
    {
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            if (context.Request.Path == "/stops")
            {
                await context.Response.WriteAsync("half");
                await context.Response.Body.FlushAsync();
            }

            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await using var front = await FrontApp.ToAsync(upstream);
        var late = front.SendAsync("/to/late");
        await Eventually.AsTrue(() => upstream.Requests.Count == 1);
        front.Clock.AdvanceSeconds(29);
        Assert.False(late.IsCompleted);
        front.Clock.AdvanceSeconds(1);
        using (var response = await late)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal("upstream-unavailable", (await EntranceTests.ProblemAsync(response)).GetProperty("code").GetString());
        }

        using var stops = await front.SendAsync("/to/stops");
        await using var body = await stops.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[4]);
        front.Clock.AdvanceSeconds(60);
        await Assert.ThrowsAnyAsync<IOException>(async () => await body.ReadExactlyAsync(new byte[1]));
        Assert.Contains(front.Log.Lines, line => line.Text.EndsWith("broken off: upstream-idle", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_stream_may_be_silent_for_an_hour()
    {
        var next = new TaskCompletionSource();
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            await next.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("data: 1\n\n");
        });
        await using var front = await FrontApp.ToAsync(upstream);
        using var response = await front.SendAsync("/to/x");
        front.Clock.Advance(TimeSpan.FromMinutes(59));
        next.SetResult();
        Assert.Equal("data: 1\n\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_request_that_goes_on_beside_its_answer_does_not_shorten_the_patience_with_it()
    {
        var heard = new SemaphoreSlim(0);
        var last = new TaskCompletionSource();
        await using var upstream = await Upstream.StartAsync(protocols: HttpProtocols.Http2, handler: async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            for (var piece = 0; piece < 2; piece++)
            {
                await context.Request.Body.ReadExactlyAsync(new byte[5]);
                heard.Release();
            }

            await last.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("data: 1\n\n");
        });
        await using var front = await FrontApp.StartAsync(
            app => app.MapForwarding("/to/{**rest}", upstream.Address, options => options.Http2 = true), protocols: HttpProtocols.Http2);
        using var content = new StepContent();
        using var request = Ask(front, HttpProtocols.Http2, "/to/x", content);
        var asking = front.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await content.SendAsync("first");
        Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(20)));
        using var response = await asking;
        await content.SendAsync("later");
        Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(20)));
        front.Clock.Advance(TimeSpan.FromMinutes(50));
        last.SetResult();
        Assert.Equal("data: 1\n\n", await response.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(20)));
        content.End();
    }

    [Fact]
    public async Task A_caller_who_stops_in_the_middle_of_a_body_is_408_and_the_service_is_let_go()
    {
        var ended = new TaskCompletionSource();
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => ended.TrySetResult());
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        });
        await using var front = await FrontApp.StartAsync(
            app => app.MapForwarding("/to/{**rest}", upstream.Address),
            first: app => app.Use((context, next) =>
            {
                context.Features.Get<IHttpMinRequestBodyDataRateFeature>()!.MinDataRate = null;   // Kestrel's own patience is shorter
                return next(context);
            }));
        using var client = new TcpClient();
        await client.ConnectAsync(front.Address.Host, front.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /to/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {front.Forge.Session()}\r\nContent-Length: 10\r\nConnection: close\r\n\r\nhalf"));
        await Eventually.AsTrue(() => upstream.Requests.Count == 1 && front.Clock.WaitingTimers > 0);
        front.Clock.AdvanceSeconds(60);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith("HTTP/1.1 408", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_ends_when_its_session_is_revoked_whatever_it_was_asked_for_as()
    {
        var ended = new TaskCompletionSource();
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => ended.TrySetResult());
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await using var front = await FrontApp.ToAsync(upstream);
        using var response = await front.SendAsync("/to/x");
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[9]);
        var now = front.Clock.GetUtcNow();
        front.Revocations.Add(new Revocation(RevocationKind.Session, Testbed.TokenForge.SessionId, now, now.AddHours(1)));
        await Assert.ThrowsAnyAsync<IOException>(async () => await body.ReadExactlyAsync(new byte[1]));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static HttpRequestMessage Ask(FrontApp front, HttpProtocols protocol, string path, HttpContent content)
    {
        var request = front.Ask(path, HttpMethod.Post, content: content);
        request.Version = protocol == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return request;
    }

    // The sender stands still when what is on its way has filled up.
    private static async Task<long> StandStillAsync(Func<long> progress)
    {
        for (var last = -1L; ;)
        {
            var now = progress();
            if (now == last)
            {
                return now;
            }

            last = now;
            await Task.Delay(500);
        }
    }
}
