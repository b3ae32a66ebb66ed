using System.Buffers;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Images;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Reads a multipart body: its file, and its other fields as the members of an object. No body is one without a file.</summary>
internal static class UploadReader
{
    private const string FileField = "file";
    private const int MostAround = 64 * 1024;   // of boundaries and other fields, besides the file

    private static readonly FormOptions Options = new() { MemoryBufferThreshold = Image.MostBytes + MostAround };

    public static async Task<(JsonObject Fields, UploadedFile? File, ClerkError? Refusal)> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new ArrayBufferWriter<byte>();
            if (!await BodyReader.FillAsync(request, buffer, cancellationToken, Options.MemoryBufferThreshold).ConfigureAwait(false))
            {
                return ([], null, ImageErrors.TooLarge);
            }

            if (buffer.WrittenCount == 0 || !request.HasFormContentType)
            {
                return ([], null, buffer.WrittenCount == 0 ? null : ImageErrors.ContentTypeUnsupported);
            }

            request.Body = new MemoryStream(buffer.WrittenMemory.ToArray());
            var form = await request.ReadFormAsync(Options, cancellationToken).ConfigureAwait(false);
            var fields = new JsonObject(form.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToString())));
            return (fields, await FileOfAsync(form, cancellationToken).ConfigureAwait(false), null);
        }
        catch (BadHttpRequestException malformed)
        {
            return ([], null, malformed.StatusCode == StatusCodes.Status413PayloadTooLarge ? ImageErrors.TooLarge : ClerkErrors.BodyInvalid);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return ([], null, ClerkErrors.BodyInvalid);
        }
    }

    private static async Task<UploadedFile?> FileOfAsync(IFormCollection form, CancellationToken cancellationToken)
    {
        if (form.Files[FileField] is not { } file)
        {
            return null;
        }

        var content = new byte[file.Length];
        using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
        return new UploadedFile(string.IsNullOrEmpty(file.ContentType) ? null : file.ContentType, content);
    }
}
