using System.Net;
using System.Text.Json;

namespace Aither.Upstream;

/// <summary>Hemera's service endpoints. The token is sent, renewed and waited for by the HTTP client that this is given.</summary>
/// <remarks>
/// Every method throws <see cref="HemeraException"/> when Hemera fails or refuses, and
/// <see cref="Gatehouse.Clerk.ServiceTokens.ServiceTokenException"/> when no token can be had.
/// </remarks>
/// <param name="http">A client whose base address is Hemera's and ends in a slash.</param>
public sealed class HemeraClient(HttpClient http)
{
    private const string Courses = "api/service/courses";
    private const string Participations = "api/service/participations";

    // A member that is missing is a fault in the answer, and not a null that shows up later.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Every course.</summary>
    public async Task<IReadOnlyList<HemeraCourseSummary>> GetServiceCoursesAsync(CancellationToken cancellationToken) =>
        await SendAsync<List<HemeraCourseSummary>>(HttpMethod.Get, Courses, null, cancellationToken)
        ?? throw new HemeraException(HemeraFailure.Unexpected, "Hemera has no list of courses: 404");

    /// <summary>One course with its participations; null for an unknown one.</summary>
    public Task<HemeraCourse?> GetCourseAsync(string id, CancellationToken cancellationToken) =>
        SendAsync<HemeraCourse>(HttpMethod.Get, $"{Courses}/{Segment(id)}", null, cancellationToken);

    /// <summary>One participation; null for an unknown one.</summary>
    public Task<HemeraParticipation?> GetParticipationAsync(string id, CancellationToken cancellationToken) =>
        SendAsync<HemeraParticipation>(HttpMethod.Get, $"{Participations}/{Segment(id)}", null, cancellationToken);

    /// <summary>Writes a result; twice is once.</summary>
    /// <returns>The participation as it then is; null for an unknown one.</returns>
    public Task<HemeraParticipation?> PutResultAsync(string id, HemeraResult result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        return SendAsync<HemeraParticipation>(
            HttpMethod.Put, $"{Participations}/{Segment(id)}/result", JsonContent.Create(result, options: Json), cancellationToken);
    }

    // An id is data: it must stay one segment of the path, which dots alone would not.
    private static string Segment(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return id is "." or ".." ? throw new ArgumentException("not an id", nameof(id)) : Uri.EscapeDataString(id);
    }

    private async Task<T?> SendAsync<T>(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken) ?? throw new JsonException("the answer is null")
                : throw Refusal(response);
        }
        catch (JsonException unreadable)
        {
            throw new HemeraException(HemeraFailure.Unexpected, $"Hemera's answer to {method} {path} cannot be read", unreadable);
        }
        catch (Exception away) when (away is HttpRequestException or TimeoutException)
        {
            throw new HemeraException(HemeraFailure.Unavailable, $"Hemera does not answer {method} {path}", away);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HemeraException(HemeraFailure.Unavailable, $"Hemera does not answer {method} {path} in time", late);
        }
    }

    private static HemeraException Refusal(HttpResponseMessage response)
    {
        var failure = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => HemeraFailure.TokenRefused,
            HttpStatusCode.Forbidden => HemeraFailure.Forbidden,
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => HemeraFailure.Unavailable,
            _ => HemeraFailure.Unexpected,
        };
        return new HemeraException(failure, $"Hemera answered {(int)response.StatusCode}") { RetryAfter = response.Headers.RetryAfter?.Delta };
    }
}
