namespace Gatehouse.Clerk.Keys.Internal;

/// <summary>Reads an answer's body and no more of it than is allowed, whatever it announces.</summary>
internal static class BoundedBody
{
    /// <exception cref="InvalidDataException">It is larger.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int maximum, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maximum)
        {
            throw TooLarge(maximum);
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        var body = new byte[Math.Min(maximum, 8 * 1024)];
        var length = 0;
        while (await stream.ReadAsync(body.AsMemory(length), cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            length += read;
            if (length == body.Length)
            {
                // One byte more than allowed is room enough to see that there is more.
                Array.Resize(ref body, length <= maximum ? Math.Min(length * 2, maximum + 1) : throw TooLarge(maximum));
            }
        }

        return body.AsMemory(0, length);
    }

    private static InvalidDataException TooLarge(int maximum) => new($"the answer is larger than {maximum} bytes");
}
