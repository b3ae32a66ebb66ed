using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Upstash.Rest;

/// <summary>Reads a request's body.</summary>
internal static class RequestBytes
{
    /// <summary>False when it is too large: what is left of it is not read, and the answer arrives all the same.</summary>
    public static async Task<bool> ReadAsync(HttpRequest request, ArrayBufferWriter<byte> buffer, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
        {
            return false;
        }

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
}
