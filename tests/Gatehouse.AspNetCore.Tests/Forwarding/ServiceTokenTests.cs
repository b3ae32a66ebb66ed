using System.Collections.Concurrent;
using System.Net;
using Gatehouse.AspNetCore.Forwarding;
using Gatehouse.Clerk.ServiceTokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

public sealed class ServiceTokenTests
{
    [Fact]
    public async Task A_service_token_is_our_own_and_the_callers_is_not_passed()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await StartAsync(upstream, new Source("one"));
        using var response = await front.SendAsync("/to/x");
        Assert.Equal("Bearer one", upstream.Request["Authorization"]);
    }

    [Fact]
    public async Task A_service_token_that_is_refused_is_dropped_and_what_has_no_body_is_asked_again()
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Headers.Authorization == "Bearer two" ? 200 : 401;
            return context.Response.WriteAsync("answer");
        });
        var source = new Source("one", "two");
        await using var front = await StartAsync(upstream, source);
        using var response = await front.SendAsync("/to/x?q");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["Bearer one", "Bearer two"], upstream.Requests.Select(request => request["Authorization"]));
        Assert.Equal(["/x?q", "/x?q"], upstream.Requests.Select(request => request.Target));
        Assert.Equal(["one"], source.Refused);
    }

    [Fact]
    public async Task A_body_is_sent_once_and_the_next_request_has_the_fresh_token()
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Headers.Authorization == "Bearer two" ? 200 : 401;
            return Task.CompletedTask;
        });
        await using var front = await StartAsync(upstream, new Source("one", "two"));
        using var first = await front.SendAsync("/to/x", HttpMethod.Post, content: new StringContent("body"));
        Assert.Equal(HttpStatusCode.Unauthorized, first.StatusCode);
        using var second = await front.SendAsync("/to/x", HttpMethod.Post, content: new StringContent("body"));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Fact]
    public async Task A_service_token_that_cannot_be_had_is_no_fault_of_the_callers()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await StartAsync(upstream, new Source());
        using var response = await front.SendAsync("/to/x");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("token-unavailable", (await EntranceTests.ProblemAsync(response)).GetProperty("code").GetString());
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Empty(upstream.Requests);
    }

    private static Task<FrontApp> StartAsync(Upstream upstream, Source source) => FrontApp.StartAsync(
        app => app.MapForwarding("/to/{**rest}", upstream.Address, options => options.Token = ForwardedToken.Service("behind")),
        gatehouse: gatehouse => gatehouse.Services.AddKeyedSingleton<IServiceTokenSource>("behind", source));

    /// <summary>Gives its tokens one after another, each until it is refused.</summary>
    private sealed class Source(params string[] tokens) : IServiceTokenSource
    {
        private readonly ConcurrentQueue<string> _tokens = new(tokens);

        public ConcurrentQueue<string> Refused { get; } = new();

        public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken) => _tokens.TryPeek(out var token)
            ? ValueTask.FromResult(token)
            : throw new ServiceTokenException(new InvalidOperationException("none left"));

        public void Invalidate(string token)
        {
            Refused.Enqueue(token);
            _tokens.TryDequeue(out _);
        }

        public void Clear() => _tokens.Clear();
    }
}
