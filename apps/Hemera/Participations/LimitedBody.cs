namespace Hemera.Participations;

/// <summary>Reads a small body whole, and never more than that.</summary>
internal static class LimitedBody
{
    /// <returns>Null for a body beyond the limit.</returns>
    /// <exception cref="BadHttpRequestException">The body is not what its headers promise, or does not come in time.</exception>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int maximumBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maximumBytes)
        {
            return null;
        }

        var buffer = new byte[maximumBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > maximumBytes ? null : buffer[..length];
    }
}
