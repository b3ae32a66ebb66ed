using System.Net;
using System.Net.Http.Json;
using Gatehouse.Clerk.Internal;
using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Clerk.ServiceTokens.Internal;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using static Gatehouse.Testbed.ReplayHandler;

namespace Gatehouse.Clerk.Tests.ServiceTokens;

public sealed class ServiceTokenHandlerTests
{
    private static readonly Uri Courses = new("https://api.hemera.academy/api/service/courses");
    private static readonly Answer Done = Answer.Json("{}");

    private readonly TestClock _clock = new();
    private readonly ListLogger<ServiceTokenHandler> _log = new();
    private readonly ServiceTokenOptions _options = new();

    [Fact]
    [Proves("A15", "A16")]
    public async Task Bearer_is_exactly_the_token()
    {
        var wire = new ReplayHandler(Done);
        using var client = Client(wire, new FakeTokenSource("mock-token"));

        await client.GetAsync(Courses);

        Assert.Equal("Bearer mock-token", Assert.Single(wire.Requests).Authorization);
    }

    [Fact]
    public async Task Refused_token_is_dropped_and_the_request_sent_once_more_with_its_body()
    {
        var wire = new ReplayHandler(new Answer(HttpStatusCode.Unauthorized), Done);
        var source = new FakeTokenSource("old", "new");
        using var client = Client(wire, source);

        using var response = await client.PutAsJsonAsync(Courses, new { resultOutcome = "passed" });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["Bearer old", "Bearer new"], wire.Requests.Select(request => request.Authorization));
        Assert.All(wire.Requests, request => Assert.Equal("""{"resultOutcome":"passed"}""", request.Body));
        Assert.Equal(["old"], source.Dropped);
    }

    [Fact]
    public async Task Second_refusal_is_the_answer()
    {
        var wire = new ReplayHandler(new Answer(HttpStatusCode.Unauthorized));
        var source = new FakeTokenSource("old", "new", "newest");
        using var client = Client(wire, source);

        using var response = await client.GetAsync(Courses);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(2, wire.Requests.Count);
        Assert.Equal(["old"], source.Dropped);
    }

    [Fact]
    public async Task Refusal_is_the_answer_where_there_is_no_other_token()
    {
        var wire = new ReplayHandler(new Answer(HttpStatusCode.Unauthorized));
        using var client = Client(wire, new FakeTokenSource("only"));

        using var response = await client.GetAsync(Courses);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Single(wire.Requests);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [Proves("A61")]
    public async Task Patience_lasts_exactly_as_long_as_retry_after_says(string retryAfter, int seconds)
    {
        var wire = new ReplayHandler(Throttled(retryAfter), Done);
        using var client = Client(wire, new FakeTokenSource("token"));

        var pending = client.GetAsync(Courses);
        await Until.TrueAsync(() => _clock.WaitingTimers == 1);
        _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.Single(wire.Requests);
        _clock.Advance(TimeSpan.FromTicks(1));
        using var response = await pending;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, wire.Requests.Count);
        Assert.Equal(EventIds.ServiceTokenThrottled, Assert.Single(_log.Entries).Id);
    }

    [Fact]
    [Proves("A61")]
    public async Task Service_that_stays_busy_is_asked_five_times_in_all()
    {
        var wire = new ReplayHandler(new Answer(HttpStatusCode.TooManyRequests));
        using var client = Client(wire, new FakeTokenSource("token"));

        var pending = client.GetAsync(Courses);
        await Until.TrueAsync(() =>
        {
            _clock.AdvanceSeconds(1);
            return pending.IsCompleted;
        });

        using var response = await pending;
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(5, wire.Requests.Count);
    }

    [Fact]
    public async Task Pause_beyond_the_bound_is_not_begun()
    {
        var wire = new ReplayHandler(Throttled("121"));
        using var client = Client(wire, new FakeTokenSource("token"));

        using var response = await client.GetAsync(Courses);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task Pauses_count_together_against_the_bound()
    {
        var wire = new ReplayHandler(Throttled("70"));
        using var client = Client(wire, new FakeTokenSource("token"));

        var pending = client.GetAsync(Courses);
        await Until.TrueAsync(() => _clock.WaitingTimers == 1);
        _clock.AdvanceSeconds(70);
        using var response = await pending;

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task Wait_ends_with_its_caller()
    {
        using var client = Client(new ReplayHandler(Throttled("30")), new FakeTokenSource("token"));
        using var impatience = new CancellationTokenSource();
        var pending = client.GetAsync(Courses, impatience.Token);
        await Until.TrueAsync(() => _clock.WaitingTimers == 1);
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        Assert.Equal(0, _clock.WaitingTimers);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Body_that_cannot_be_sent_twice_is_sent_once(HttpStatusCode status)
    {
        var wire = new ReplayHandler(new Answer(status));
        var source = new FakeTokenSource("old", "new");
        _options.MaximumBufferedBytes = 10;
        using var client = Client(wire, source);

        using var response = await client.PostAsync(Courses, new StreamContent(new MemoryStream(new byte[11])));

        Assert.Equal(status, response.StatusCode);
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task Small_stream_is_kept_and_sent_twice()
    {
        var wire = new ReplayHandler(new Answer(HttpStatusCode.Unauthorized), Done);
        using var client = Client(wire, new FakeTokenSource("old", "new"));

        using var response = await client.PostAsync(Courses, new StreamContent(new MemoryStream("body"u8.ToArray())));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["body", "body"], wire.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task Refused_answers_are_disposed_before_the_next_attempt()
    {
        var wire = new DisposalWatch();
        using var client = Client(wire, new FakeTokenSource("old", "new"));

        using var response = await client.GetAsync(Courses);

        Assert.True(wire.FirstWasDisposedBeforeSecond);
    }

    [Fact]
    [Proves("G22")]
    public async Task Token_is_never_sent_in_clear_off_this_machine()
    {
        var wire = new ReplayHandler(Done);
        using var client = Client(wire, new FakeTokenSource("token"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync(new Uri("http://api.hemera.academy/")));
        Assert.Empty(wire.Requests);
        await client.GetAsync(new Uri("http://127.0.0.1:5410/"));
        Assert.Single(wire.Requests);
    }

    [Fact]
    [Proves("A9")]
    public async Task Request_without_a_token_is_not_sent()
    {
        var wire = new ReplayHandler(Done);
        using var client = Client(wire, new FakeTokenSource());

        await Assert.ThrowsAsync<ServiceTokenException>(() => client.GetAsync(Courses));
        Assert.Empty(wire.Requests);
    }

    private static Answer Throttled(string retryAfter) => new(HttpStatusCode.TooManyRequests)
    {
        Headers = new Dictionary<string, string> { ["Retry-After"] = retryAfter },
    };

    private HttpClient Client(HttpMessageHandler wire, IServiceTokenSource source) =>
        new(new ServiceTokenHandler("hemera", source, _options, _clock, Specimens.Metrics(), _log) { InnerHandler = wire });

    private sealed class DisposalWatch : HttpMessageHandler
    {
        private WatchedContent? _first;

        public bool FirstWasDisposedBeforeSecond { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_first is not null)
            {
                FirstWasDisposedBeforeSecond = _first.Disposed;
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
            }

            _first = new WatchedContent();
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = _first });
        }
    }

    private sealed class WatchedContent() : ByteArrayContent([])
    {
        public bool Disposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            Disposed = true;
            base.Dispose(disposing);
        }
    }
}
