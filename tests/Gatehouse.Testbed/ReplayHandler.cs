using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace Gatehouse.Testbed;

/// <summary>Answers requests with what it was given, in order; the last answer repeats. Every request is recorded.</summary>
public sealed class ReplayHandler : HttpMessageHandler
{
    private readonly IReadOnlyList<Answer> _answers;
    private readonly ConcurrentQueue<Recorded> _requests = new();
    private int _next = -1;

    public ReplayHandler(params IEnumerable<Answer> answers) => _answers = [.. answers];

    public IReadOnlyList<Recorded> Requests => [.. _requests];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var answer = _answers[Math.Min(Interlocked.Increment(ref _next), _answers.Count - 1)];
        _requests.Enqueue(new Recorded(request.Method, request.RequestUri!, headers, body));
        return answer.Failure is { } failure ? throw failure : answer.ToResponse(request);
    }

    /// <summary>One answer, made anew each time it is given.</summary>
    public sealed record Answer(HttpStatusCode Status, string Body = "")
    {
        public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

        /// <summary>Thrown in place of an answer.</summary>
        public Exception? Failure { get; private init; }

        public static Answer Json(string body) => new(HttpStatusCode.OK, body);

        public static Answer Throws(Exception failure) => new(HttpStatusCode.OK) { Failure = failure };

        public static Answer RetryAfter(HttpStatusCode status, int seconds) => new(status)
        {
            Headers = new Dictionary<string, string> { ["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture) },
        };

        internal HttpResponseMessage ToResponse(HttpRequestMessage request)
        {
            var response = new HttpResponseMessage(Status)
            {
                RequestMessage = request,
                Content = new StringContent(Body, Encoding.UTF8, "application/json"),
            };
            foreach (var (name, value) in Headers)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }

            return response;
        }
    }

    /// <summary>One request, as it was sent.</summary>
    public sealed record Recorded(HttpMethod Method, Uri Address, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public string? Authorization => Headers.GetValueOrDefault("Authorization");
    }
}
