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

    /// <summary>The member under which the objects of a body that is an array are found.</summary>
    public const string Items = "[]";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    public static async Task<(JsonObject Body, ClerkError? Refusal)> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken,
        bool asList = false)
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

        return IsJson(request.ContentType) ? Parse(buffer.WrittenSpan, asList) : ([], ClerkErrors.ContentTypeUnsupported);
    }

    /// <summary>Reads a body of any kind. False when it is too large: what is left of it is not read, and the answer arrives all the same.</summary>
    public static async Task<bool> FillAsync(
        HttpRequest request,
        ArrayBufferWriter<byte> buffer,
        CancellationToken cancellationToken,
        int most = MaximumLength)
    {
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(16 * 1024), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return true;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > most)
            {
                return false;
            }
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads text as a JSON object whose every text can be taken out.</summary>
    public static (JsonObject Body, ClerkError? Refusal) Parse(ReadOnlySpan<byte> utf8) => Parse(utf8, asList: false);

    private static (JsonObject Body, ClerkError? Refusal) Parse(ReadOnlySpan<byte> utf8, bool asList)
    {
        try
        {
            var node = JsonNode.Parse(utf8, documentOptions: Strict);
            Touch(node);
            if (!asList && node is JsonObject body)
            {
                return (body, null);
            }

            if (asList && node is JsonArray items && items.All(item => item is JsonObject))
            {
                return (new JsonObject { [Items] = items }, null);
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
