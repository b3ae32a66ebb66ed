using System.Net;
using Gatehouse.Clerk.Api.Internal;
using Gatehouse.Clerk.Internal;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using Microsoft.Extensions.Options;
using static Gatehouse.Testbed.ReplayHandler;

namespace Gatehouse.Clerk.Tests.Api;

public sealed class ClerkRetryHandlerTests
{
    private static readonly Uri Users = new("https://api.clerk.com/v1/users");
    private static readonly Answer Done = Answer.Json("{}");

    private readonly TestClock _clock = new();
    private readonly ListLogger<ClerkRetryHandler> _log = new();
    private readonly ClerkOptions _options = new();

    [Theory]
    [InlineData("GET", 429, true)]
    [InlineData("GET", 408, true)]
    [InlineData("GET", 500, true)]
    [InlineData("GET", 503, true)]
    [InlineData("GET", 404, false)]
    [InlineData("POST", 429, true)]
    [InlineData("POST", 500, false)]
    [InlineData("POST", 503, false)]
    [InlineData("PATCH", 502, false)]
    [InlineData("DELETE", 504, false)]
    public async Task Only_what_cannot_have_acted_twice_is_repeated(string method, int status, bool repeated)
    {
        var wire = new ReplayHandler(new Answer((HttpStatusCode)status), Done);

        var answer = await SendAsync(wire, new HttpMethod(method));

        Assert.Equal(repeated ? HttpStatusCode.OK : (HttpStatusCode)status, answer);
        Assert.Equal(repeated ? 2 : 1, wire.Requests.Count);
    }

    [Fact]
    public async Task Write_is_repeated_after_503_that_names_a_time()
    {
        var wire = new ReplayHandler(Answer.RetryAfter(HttpStatusCode.ServiceUnavailable, 1), Done);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(wire, HttpMethod.Post));
        Assert.All(wire.Requests, request => Assert.Equal("body", request.Body));
    }

    [Theory]
    [InlineData("GET", HttpRequestError.ResponseEnded, true)]
    [InlineData("POST", HttpRequestError.ResponseEnded, false)]
    [InlineData("POST", HttpRequestError.ConnectionError, true)]
    public async Task Broken_connection_is_repeated_where_nothing_can_have_happened(string method, HttpRequestError error, bool repeated)
    {
        var wire = new ReplayHandler(Answer.Throws(new HttpRequestException(error)), Done);
        var sending = SendAsync(wire, new HttpMethod(method));

        if (repeated)
        {
            Assert.Equal(HttpStatusCode.OK, await sending);
        }
        else
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => sending);
        }
    }

    [Fact]
    public async Task Three_attempts_are_made_in_all()
    {
        var wire = new ReplayHandler(new Answer(HttpStatusCode.InternalServerError));

        Assert.Equal(HttpStatusCode.InternalServerError, await SendAsync(wire, HttpMethod.Get));
        Assert.Equal(3, wire.Requests.Count);
        Assert.Equal(2, _log.Entries.Count(entry => entry.Id == EventIds.ClerkCallRepeated));
    }

    [Fact]
    public async Task One_attempt_is_no_repetition()
    {
        _options.MaximumAttempts = 1;
        var wire = new ReplayHandler(new Answer(HttpStatusCode.InternalServerError));

        await SendAsync(wire, HttpMethod.Get);

        Assert.Single(wire.Requests);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("Sun, 01 Mar 2026 12:00:05 GMT")]
    public async Task Retry_after_is_obeyed_exactly(string retryAfter)
    {
        var wire = new ReplayHandler(Throttled(retryAfter), Done);
        using var invoker = Invoker(wire);
        var pending = invoker.SendAsync(Request(HttpMethod.Get), CancellationToken.None);
        await Until.TrueAsync(() => _log.Entries.Count == 1 && _clock.WaitingTimers == 1);

        _clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.Single(wire.Requests);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(HttpStatusCode.OK, (await pending).StatusCode);
    }

    [Fact]
    public async Task Retry_after_beyond_the_bound_is_handed_to_the_caller()
    {
        var wire = new ReplayHandler(Throttled("16"), Done);

        Assert.Equal(HttpStatusCode.TooManyRequests, await SendAsync(wire, HttpMethod.Get));
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task Attempt_that_takes_too_long_is_given_up_and_repeated()
    {
        _options.MaximumAttempts = 2;
        var server = new KeyServer();
        server.Hold();
        using var invoker = Invoker(server);
        var pending = invoker.SendAsync(Request(HttpMethod.Get), CancellationToken.None);
        await Until.TrueAsync(() => server.Fetches == 1 && _clock.WaitingTimers == 1);
        _clock.Advance(_options.AttemptTimeout);
        await Until.TrueAsync(() => _log.Entries.Count == 1 && _clock.WaitingTimers == 1);
        _clock.AdvanceSeconds(2);
        await Until.TrueAsync(() => server.Fetches == 2 && _clock.WaitingTimers == 1);
        _clock.Advance(_options.AttemptTimeout);

        await Assert.ThrowsAsync<TimeoutException>(() => pending);
        Assert.Equal(0, _clock.WaitingTimers);
    }

    [Fact]
    public async Task Caller_who_stops_waiting_stops_the_call()
    {
        var server = new KeyServer();
        server.Hold();
        using var invoker = Invoker(server);
        using var impatience = new CancellationTokenSource();
        var pending = invoker.SendAsync(Request(HttpMethod.Get), impatience.Token);
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        Assert.Empty(_log.Entries);
    }

    private static Answer Throttled(string retryAfter) => new(HttpStatusCode.TooManyRequests)
    {
        Headers = new Dictionary<string, string> { ["Retry-After"] = retryAfter },
    };

    private static HttpRequestMessage Request(HttpMethod method) =>
        new(method, Users) { Content = method == HttpMethod.Get ? null : new StringContent("body") };

    private HttpMessageInvoker Invoker(HttpMessageHandler wire) =>
        new(new ClerkRetryHandler(Options.Create(_options), _clock, _log) { InnerHandler = wire });

    /// <summary>Sends, and lets each pause pass once it has begun. The steps are longer than any pause and shorter than an attempt.</summary>
    private async Task<HttpStatusCode> SendAsync(ReplayHandler wire, HttpMethod method)
    {
        using var invoker = Invoker(wire);
        var pending = invoker.SendAsync(Request(method), CancellationToken.None);
        for (var repetition = 1; !pending.IsCompleted; repetition++)
        {
            var expected = repetition;
            await Until.TrueAsync(() => pending.IsCompleted || (_log.Entries.Count >= expected && _clock.WaitingTimers == 1));
            _clock.AdvanceSeconds(9);
        }

        return (await pending).StatusCode;
    }
}
