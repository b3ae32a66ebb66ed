using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Gatehouse.Clerk.Tests.Support;

/// <summary>Clerk's three verify endpoints: knows the tokens that it was told, counts, and can be held back, spoiled or taken away.</summary>
internal sealed class VerifyServer : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, string> _good = new();
    private readonly ConcurrentQueue<Asked> _asked = new();
    private int _now;
    private int _mostAtOnce;
    private volatile TaskCompletionSource? _held;

    /// <summary>Answers in place of the usual, when it gives anything.</summary>
    public volatile Func<Asked, HttpResponseMessage?>? Spoiler;

    public volatile bool Away;

    /// <summary>Whom <see cref="Hold"/> concerns; everybody unless told otherwise.</summary>
    public volatile Predicate<Asked> Holds = _ => true;

    public IReadOnlyList<Asked> Requests => [.. _asked];

    public int Calls => _asked.Count;

    public int UnderWay => Volatile.Read(ref _now);

    public int MostAtOnce => Volatile.Read(ref _mostAtOnce);

    public void Know(string token, string answer) => _good[token] = answer;

    public void Forget(string token) => _good.TryRemove(token, out _);

    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        var held = _held!;
        _held = null;
        held.SetResult();
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        var member = body.RootElement.EnumerateObject().Single();
        var asked = new Asked(request.RequestUri!.AbsolutePath, member.Name, member.Value.GetString()!, request.Headers.Authorization!.Parameter!);
        _asked.Enqueue(asked);
        Count(Interlocked.Increment(ref _now));
        try
        {
            if (_held is { } held && Holds(asked))
            {
                await held.Task.WaitAsync(cancellationToken);
            }

            return Away ? throw new HttpRequestException("away") : Spoiler?.Invoke(asked) ?? Usual(asked.Token);
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }

    private HttpResponseMessage Usual(string token) => _good.TryGetValue(token, out var answer)
        ? Answer(HttpStatusCode.OK, answer)
        : Answer(HttpStatusCode.NotFound, """{"errors":[{"code":"resource_not_found","message":"not found"}]}""");

    private void Count(int now)
    {
        for (var most = MostAtOnce; now > most; most = MostAtOnce)
        {
            Interlocked.CompareExchange(ref _mostAtOnce, now, most);
        }
    }

    /// <summary>One call, as it was sent.</summary>
    internal sealed record Asked(string Path, string Member, string Token, string Secret);
}
