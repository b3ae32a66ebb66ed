using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Limits;

namespace Gatehouse.Interop.Tests;

/// <summary>A service in JavaScript that limits with <c>@upstash/ratelimit</c>, at the same Upstash.</summary>
internal sealed class OtherLimiter : IAsyncDisposable
{
    private readonly System.Diagnostics.Process _node;

    private OtherLimiter(System.Diagnostics.Process node) => _node = node;

    public static OtherLimiter Start(IReadOnlyDictionary<string, string> environment) =>
        new(NodeProgram.Start(["upstash/limiter.mjs"], environment));

    /// <summary>One call, at a time of the test's.</summary>
    public async Task<LimitDecision> TakeAsync(LimitPolicy policy, string key, int cost, DateTimeOffset now)
    {
        var answer = await AskAsync(Question(policy, key, new() { ["cost"] = cost, ["now"] = now.ToUnixTimeMilliseconds() }));
        return new LimitDecision(
            (bool)answer["success"]!,
            (long)answer["limit"]!,
            (long)answer["remaining"]!,
            DateTimeOffset.FromUnixTimeMilliseconds((long)answer["reset"]!));
    }

    /// <summary>Many calls at once, at the real time.</summary>
    /// <returns>How many were admitted.</returns>
    public async Task<int> RaceAsync(LimitPolicy policy, string key, int calls) =>
        (int)(await AskAsync(Question(policy, key, new() { ["calls"] = calls })))["admitted"]!;

    public async ValueTask DisposeAsync()
    {
        _node.Kill();
        await _node.WaitForExitAsync(CancellationToken.None);
        _node.Dispose();
    }

    private static JsonObject Question(LimitPolicy policy, string key, JsonObject more)
    {
        more["algorithm"] = $"{policy.Algorithm}";
        more["limit"] = policy.Limit;
        more["window"] = (long)policy.Window.TotalMilliseconds;
        more["refill"] = policy.Refill;
        more["id"] = key;
        return more;
    }

    private async Task<JsonNode> AskAsync(JsonObject question)
    {
        await _node.StandardInput.WriteLineAsync(question.ToJsonString(JsonSerializerOptions.Web));
        await _node.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var line = await _node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.True(line is not null, line is null ? await _node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : "");
        return JsonNode.Parse(line!)!;
    }
}
