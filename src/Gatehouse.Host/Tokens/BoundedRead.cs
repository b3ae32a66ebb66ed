namespace Gatehouse.Host.Tokens;

internal static class BoundedRead
{
    /// <summary>Reads to the end, or as much as was asked for: nobody knows how much a stranger's stream holds.</summary>
    public static async Task<byte[]> UpToAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(length, 8 * 1024)];
        var read = 0;
        while (await stream.ReadAsync(buffer.AsMemory(read), cancellationToken) is > 0 and var more)
        {
            read += more;
            if (read == buffer.Length)
            {
                if (read == length)
                {
                    break;
                }

                Array.Resize(ref buffer, (int)Math.Min(length, buffer.Length * 2L));
            }
        }

        return buffer[..read];
    }
}
