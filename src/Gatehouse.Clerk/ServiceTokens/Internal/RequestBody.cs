using System.Net.Http.Json;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>Decides whether a request's body can be sent twice, and sees to it where that is cheap.</summary>
internal static class RequestBody
{
    public static async ValueTask<bool> MakeRepeatableAsync(HttpContent? content, int maximumBytes, CancellationToken cancellationToken)
    {
        if (content is null or ByteArrayContent or ReadOnlyMemoryContent or JsonContent)
        {
            return true;   // texts and forms are byte arrays; JSON is written anew each time
        }

        if (content.Headers.ContentLength is not { } length || length > maximumBytes)
        {
            return false;
        }

        await content.LoadIntoBufferAsync(maximumBytes, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
