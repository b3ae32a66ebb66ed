using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Gatehouse.Testbed.Limits;

/// <summary>
/// Calls limited endpoints in every way that gives another status, reads the limit off every answer, and calls again to see whether it was
/// true: what was said to remain is less by what the call cost, and who was told to wait is let in when he has waited.
/// </summary>
public sealed class LimitCrawler(HttpClient client, TestClock clock, Func<string, string, string> tokenOf, params string[] roles)
{
    private readonly SortedSet<int> _statuses = [];

    /// <summary>The statuses that were seen.</summary>
    public IReadOnlyCollection<int> Statuses => _statuses;

    /// <param name="method">The endpoint's method.</param>
    /// <param name="path">Its path, with values for what stands in braces.</param>
    /// <param name="cost">What a call of it costs.</param>
    public async Task CrawlAsync(string method, string path, int cost = 1)
    {
        foreach (var token in (string?[])[null, "a.b.c", .. roles.Select(role => tokenOf(role, Some.UserId()))])
        {
            foreach (var body in (string?[])[null, "text/plain", "application/json"])
            {
                await TwiceAsync(method, path, cost, token, body);
            }
        }

        await TwiceAsync("PATCH", path, 1, tokenOf(roles[0], Some.UserId()), body: null);
        await TwiceAsync(method, $"{path}/no/such/path", 1, tokenOf(roles[0], Some.UserId()), body: null);
        await ToTheEndAsync(method, path, tokenOf(roles[0], Some.UserId()));
    }

    private async Task TwiceAsync(string method, string path, int cost, string? token, string? body)
    {
        var (status, first) = await SendAsync(method, path, token, body);
        var (_, second) = await SendAsync(method, path, token, body);
        var expected = first.Policy == "address" ? 1 : cost;
        Assert.Equal(first.Policy, second.Policy);
        Assert.True(second.Remaining == Math.Max(0, first.Remaining - expected), $"{method} {path} answered {status}: {first}, then {second}");
    }

    private async Task ToTheEndAsync(string method, string path, string token)
    {
        var (status, shown) = await SendAsync(method, path, token, body: null);
        while (status != 429)
        {
            (status, shown) = await SendAsync(method, path, token, body: null);
        }

        clock.Advance(shown.RetryAfter!.Value);
        Assert.NotEqual(429, (await SendAsync(method, path, token, body: null)).Status);
    }

    private async Task<(int Status, ShownLimit Shown)> SendAsync(string method, string path, string? token, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent("{", Encoding.UTF8, body);
        using var response = await client.SendAsync(request);
        _statuses.Add((int)response.StatusCode);
        return ((int)response.StatusCode, ShownLimit.Of(response, clock.GetUtcNow()));
    }
}
