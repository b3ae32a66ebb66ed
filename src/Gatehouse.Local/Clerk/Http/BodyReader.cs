using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Errors;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Reads a request body as a JSON object.</summary>
/// <remarks>No body is an empty object: Clerk's clients send none where no member is needed.</remarks>
internal static class BodyReader
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaximumLength = 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    public static async Task<(JsonObject Body, ClerkError? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return ([], null);
        }

        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            if (!await FillAsync(request, buffer, cancellationToken).ConfigureAwait(false))
            {
                return ([], ClerkErrors.BodyTooLarge);
            }
        }
        catch (BadHttpRequestException malformed)
        {
            return ([], malformed.StatusCode == StatusCodes.Status413PayloadTooLarge ? ClerkErrors.BodyTooLarge : ClerkErrors.BodyInvalid);
        }

        if (buffer.WrittenCount == 0)
        {
            return ([], null);
        }

        return IsJson(request.ContentType) ? Parse(buffer.WrittenSpan) : ([], ClerkErrors.ContentTypeUnsupported);
    }

    private static async Task<bool> FillAsync(HttpRequest request, ArrayBufferWriter<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(16 * 1024), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return true;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > MaximumLength)
            {
                return false;
            }
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);

    private static (JsonObject Body, ClerkError? Refusal) Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            if (JsonNode.Parse(utf8, documentOptions: Strict) is JsonObject body)
            {
                Touch(body);
                return (body, null);
            }
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException)
        {
            return ([], ClerkErrors.BodyInvalid);
        }

        return ([], ClerkErrors.BodyInvalid);
    }

    // Half a surrogate pair passes the parser and fails only when the text is taken out: take every text out here, once.
    private static void Touch(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var member in members)
                {
                    Touch(member.Value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Touch(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }
}
