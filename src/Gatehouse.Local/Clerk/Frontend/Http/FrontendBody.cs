using System.Buffers;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>Reads a request body as a form. No body is an empty form.</summary>
internal static class FrontendBody
{
    public static async Task<(IFormCollection Fields, ClerkError? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return (FormCollection.Empty, null);
        }

        try
        {
            var buffer = new ArrayBufferWriter<byte>();
            if (!await BodyReader.FillAsync(request, buffer, cancellationToken).ConfigureAwait(false))
            {
                return (FormCollection.Empty, ClerkErrors.BodyTooLarge);
            }

            if (buffer.WrittenCount == 0 || !request.HasFormContentType)
            {
                return (FormCollection.Empty, buffer.WrittenCount == 0 ? null : FrontendErrors.ContentTypeUnsupported);
            }

            request.Body = new MemoryStream(buffer.WrittenMemory.ToArray());
            return (await request.ReadFormAsync(cancellationToken).ConfigureAwait(false), null);
        }
        catch (BadHttpRequestException malformed)
        {
            return (FormCollection.Empty, malformed.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ClerkErrors.BodyTooLarge
                : ClerkErrors.BodyInvalid);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return (FormCollection.Empty, ClerkErrors.BodyInvalid);
        }
    }
}
