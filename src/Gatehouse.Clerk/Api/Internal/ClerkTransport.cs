using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Gatehouse.Clerk.Internal;

namespace Gatehouse.Clerk.Api.Internal;

/// <summary>One call: address, headers and JSON out; a typed answer or a <see cref="ClerkApiException"/> back.</summary>
internal sealed class ClerkTransport(HttpClient http, ClerkOptions options, TimeProvider time)
{
    public const int PageSize = 500;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public bool HasInstanceSecret => options.SecretKey is not null;

    public bool HasMachineSecret => options.MachineSecretKey is not null;

    public string InstanceSecret => options.SecretKey ?? throw Missing("CLERK_SECRET_KEY");

    public string MachineSecret => options.MachineSecretKey ?? throw Missing("CLERK_MACHINE_SECRET_KEY");

    public string EitherSecret => options.MachineSecretKey ?? InstanceSecret;

    /// <summary>An id or name as one path segment.</summary>
    public static string Segment(string id, [CallerArgumentExpression(nameof(id))] string? parameter = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id, parameter);

        // Escaping leaves dots alone, and a segment of dots would be taken for a step up the path.
        return id is "." or ".." ? throw new ArgumentException("no id", parameter) : Uri.EscapeDataString(id);
    }

    public static HttpContent Body<T>(T value, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type));
        content.Headers.ContentType = Json;
        return content;
    }

    public Task<T> GetAsync<T>(string path, string secret, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, secret, null, type, cancellationToken);

    public async Task<T> SendAsync<T>(
        HttpMethod method,
        string path,
        string secret,
        HttpContent? body,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken,
        string? origin = null)
    {
        using var response = await SendAsync(method, path, secret, body, origin, cancellationToken).ConfigureAwait(false);
        try
        {
            var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = content.ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(content, type, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("null");
        }
        catch (JsonException unreadable)
        {
            throw new ClerkApiException(
                $"Clerk's answer to {method} {WithoutQuery(path)} cannot be read",
                ClerkFailure.Unavailable,
                unreadable)
            {
                StatusCode = response.StatusCode,
            };
        }
    }

    /// <summary>For calls whose answer holds nothing of interest.</summary>
    public async Task SendAsync(HttpMethod method, string path, string secret, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, secret, body: null, origin: null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string secret,
        HttpContent? body,
        string? origin,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Addresses.Append(options.ApiRoot, path)) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(ClerkWire.UserAgent);
        request.Headers.Add(ClerkWire.VersionHeader, ClerkWire.Version);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception away) when (IsOutage(away, cancellationToken))
        {
            throw new ClerkApiException($"Clerk did not answer {method} {WithoutQuery(path)}", ClerkFailure.Unavailable, away);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await RefusalAsync(method, path, response, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsOutage(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or TimeoutException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task<ClerkApiException> RefusalAsync(
        HttpMethod method,
        string path,
        HttpResponseMessage response,
        CancellationToken cancellationToken)
    {
        var envelope = await ReadEnvelopeAsync(response, cancellationToken).ConfigureAwait(false);
        var errors = envelope?.Errors?.Where(error => error is not null).ToArray() ?? [];
        var codes = string.Join(", ", errors.Select(error => error.Code));
        var status = $"{(int)response.StatusCode}{(codes.Length > 0 ? $" ({codes})" : "")}";
        var traceId = envelope?.ClerkTraceId ?? (response.Headers.TryGetValues("cf-ray", out var ray) ? ray.First() : null);
        var trace = traceId is null ? "" : $", trace {traceId}";
        return new ClerkApiException($"Clerk answered {method} {WithoutQuery(path)} with {status}{trace}", FailureOf(response.StatusCode))
        {
            StatusCode = response.StatusCode,
            Errors = errors,
            TraceId = traceId,
            RetryAfter = RetryAfter.Of(response, time),
        };
    }

    private static async Task<Wire.ErrorEnvelope?> ReadEnvelopeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var content = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(content, ClerkJson.Default.ErrorEnvelope);
        }
        catch (JsonException)
        {
            return null;   // a gateway's page: the status alone must do
        }
    }

    private static ClerkFailure FailureOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => ClerkFailure.Throttled,
        HttpStatusCode.Unauthorized => ClerkFailure.Credentials,
        HttpStatusCode.NotFound => ClerkFailure.NotFound,
        HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => ClerkFailure.Unavailable,
        _ => ClerkFailure.Rejected,
    };

    // Queries hold e-mail addresses and names.
    private static string WithoutQuery(string path) => $"/{path.AsSpan()[..(path.IndexOf('?') is >= 0 and var end ? end : path.Length)]}";

    private static InvalidOperationException Missing(string variable) => new($"{variable} is not set, and this call to Clerk needs it");
}
