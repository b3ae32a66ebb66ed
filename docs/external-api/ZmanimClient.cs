using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ZmanimSample;

/// <summary>Asks Shtetl Zmanim in a machine's name: one token for all calls, renewed before it ends; waits when told to.</summary>
/// <param name="http">Kept and reused; it has no base address and no default headers.</param>
/// <param name="clerk">Clerk's address: https://api.clerk.com.</param>
/// <param name="api">Shtetl Zmanim's address.</param>
/// <param name="machineSecret">Your machine's secret key, from the configuration and never from the code.</param>
/// <param name="time">The clock.</param>
public sealed class ZmanimClient(HttpClient http, Uri clerk, Uri api, string machineSecret, TimeProvider time)
{
    private const int Attempts = 5;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(900);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(120);

    private string? _token;
    private DateTimeOffset _renewAt;

    /// <summary>The times of one day.</summary>
    /// <exception cref="InvalidOperationException">The API refused, and would refuse again; the message is its code, error and message.</exception>
    public async Task<JsonElement> GetAsync(double latitude, double longitude, string timezone, DateOnly date, CancellationToken cancellationToken)
    {
        var address = new Uri(api, string.Create(
            CultureInfo.InvariantCulture,
            $"/api/v1/external/zmanim?latitude={latitude}&longitude={longitude}&date={date:yyyy-MM-dd}&timezone={Uri.EscapeDataString(timezone)}"));
        var renewed = false;
        for (var attempt = 0; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await FindTokenAsync(cancellationToken));
            using var response = await http.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            switch (response.StatusCode)
            {
                case HttpStatusCode.OK:
                    return answer;
                case HttpStatusCode.Unauthorized when !renewed:
                    (_token, renewed) = (null, true);   // revoked, or our clock is wrong: once with a new one
                    break;
                case HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable when attempt < Attempts:
                    await Task.Delay(Pause(response.Headers.RetryAfter?.Delta, attempt), time, cancellationToken);
                    break;
                default:
                    throw new InvalidOperationException(
                        $"{answer.GetProperty("code")}: {answer.GetProperty("error")}: {answer.GetProperty("message")}");
            }
        }
    }

    private async Task<string> FindTokenAsync(CancellationToken cancellationToken)
    {
        if (_token is not null && time.GetUtcNow() < _renewAt)
        {
            return _token;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(clerk, "/v1/m2m_tokens"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", machineSecret);
        request.Content = JsonContent.Create(new { token_format = "jwt", seconds_until_expiration = (int)Lifetime.TotalSeconds });
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Created)
        {
            throw new InvalidOperationException($"Clerk gave no token: {(int)response.StatusCode}");
        }

        var minted = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        (_token, _renewAt) = (minted.GetProperty("token").GetString(), time.GetUtcNow() + Lifetime - Margin);
        return _token!;
    }

    // What the API says; else longer each time, and not all clients at the same moment.
    private static TimeSpan Pause(TimeSpan? retryAfter, int attempt) =>
        retryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, attempt) * (0.5 + (Random.Shared.NextDouble() / 2)));
}
