using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Analyzer.Requests;

/// <summary>Reads a small JSON body whole, and says what is wrong with one that is none.</summary>
internal static class JsonBody
{
    public const int MaximumBytes = 64 * 1024;
    public const int MaximumDepth = 32;

    // Bytes that are not UTF-8 are a fault here, and not replacement characters in the database.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The document, which the caller disposes; or the refusal.</returns>
    public static async Task<(JsonDocument? Document, ProblemHttpResult? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // Asked here and not by routing, which would answer before anybody is known.
        if (!request.HasJsonContentType() && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false)
        {
            return (null, Refusals.Of(StatusCodes.Status415UnsupportedMediaType));
        }

        try
        {
            return await ReadBytesAsync(request, cancellationToken) is { } body
                ? Parse(body)
                : (null, Refusals.Of(StatusCodes.Status413PayloadTooLarge, $"The body must be at most {MaximumBytes} bytes"));
        }
        catch (BadHttpRequestException)
        {
            return Malformed("ended before it was complete");
        }
        catch (ConnectionResetException)
        {
            // Nobody is left to answer, and the server must not look for the rest of the body.
            request.HttpContext.Abort();
            return Malformed("ended before it was complete");
        }
    }

    /// <summary>The document of these bytes, or what is wrong with them.</summary>
    public static (JsonDocument? Document, ProblemHttpResult? Refusal) Parse(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return Malformed("send a JSON object");
        }

        try
        {
            return (JsonDocument.Parse(StrictUtf8.GetString(body), new JsonDocumentOptions { MaxDepth = MaximumDepth }), null);
        }
        catch (Exception malformed) when (malformed is JsonException or DecoderFallbackException)
        {
            return Malformed($"is not JSON, or is nested more than {MaximumDepth} deep");
        }
    }

    private static async Task<byte[]?> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaximumBytes)
        {
            return null;
        }

        var buffer = new byte[MaximumBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MaximumBytes ? null : buffer[..length];
    }

    private static (JsonDocument? Document, ProblemHttpResult? Refusal) Malformed(string message) =>
        (null, Refusals.Invalid([new RequestFault("invalid_json", [], message)]));
}
