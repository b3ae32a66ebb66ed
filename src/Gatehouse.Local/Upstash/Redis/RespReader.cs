using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;

namespace Gatehouse.Local.Upstash.Redis;

/// <summary>Reads replies of the Redis protocol, version 2, however the bytes are cut into pieces on the way.</summary>
/// <remarks>redis.io, "Redis serialization protocol specification".</remarks>
internal sealed class RespReader(PipeReader pipe)
{
    private const int MaximumDepth = 128;
    private const int MaximumLine = 1024 * 1024;
    private const int MaximumBulk = 512 * 1024 * 1024;

    /// <summary>The next reply, whole.</summary>
    /// <exception cref="EndOfStreamException">The other side has ended the connection.</exception>
    /// <exception cref="RespFormatException">What came is no reply.</exception>
    public ValueTask<RespValue> ReadAsync(CancellationToken cancellationToken) => ReadAsync(0, cancellationToken);

    private async ValueTask<RespValue> ReadAsync(int depth, CancellationToken cancellationToken)
    {
        var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (line.Length == 0)
        {
            throw new RespFormatException("a reply without a type");
        }

        var rest = line.AsMemory(1);
        return (char)line[0] switch
        {
            '+' => RespValue.Simple(rest),
            '-' => RespValue.Error(rest),
            ':' => RespValue.Integer(Number(rest.Span)),
            '$' => await ReadBulkAsync(Length(rest.Span, MaximumBulk), cancellationToken).ConfigureAwait(false),
            '*' when depth < MaximumDepth =>
                await ReadArrayAsync(Length(rest.Span, int.MaxValue), depth + 1, cancellationToken).ConfigureAwait(false),
            '*' => throw new RespFormatException("a reply too deep"),
            _ => throw new RespFormatException("a reply of an unknown type"),
        };
    }

    private async ValueTask<RespValue> ReadArrayAsync(int length, int depth, CancellationToken cancellationToken)
    {
        if (length < 0)
        {
            return RespValue.Null;
        }

        // Not made as large as it claims to be: what it holds has to come first.
        var items = new List<RespValue>();
        while (items.Count < length)
        {
            items.Add(await ReadAsync(depth, cancellationToken).ConfigureAwait(false));
        }

        return RespValue.Array(items);
    }

    private async ValueTask<RespValue> ReadBulkAsync(int length, CancellationToken cancellationToken)
    {
        if (length < 0)
        {
            return RespValue.Null;
        }

        var result = await pipe.ReadAtLeastAsync(length + 2, cancellationToken).ConfigureAwait(false);
        var buffer = result.Buffer;
        if (buffer.Length < length + 2)
        {
            throw new EndOfStreamException();
        }

        var bytes = buffer.Slice(0, length).ToArray();
        var isEnded = IsLineEnd(buffer.Slice(length, 2));
        pipe.AdvanceTo(buffer.GetPosition(length + 2));
        return isEnded ? RespValue.Bulk(bytes) : throw new RespFormatException("a string longer than it claims to be");
    }

    private async ValueTask<byte[]> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end).ToArray();
                pipe.AdvanceTo(buffer.GetPosition(1, end));
                return line is [.., (byte)'\r'] ? line[..^1] : throw new RespFormatException("a line without its end");
            }

            if (buffer.Length > MaximumLine)
            {
                throw new RespFormatException("a line too long");
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                throw new EndOfStreamException();
            }
        }
    }

    private static bool IsLineEnd(ReadOnlySequence<byte> two)
    {
        Span<byte> end = stackalloc byte[2];
        two.CopyTo(end);
        return end.SequenceEqual("\r\n"u8);
    }

    private static long Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length
            ? number
            : throw new RespFormatException("a number that is none");

    private static int Length(ReadOnlySpan<byte> text, int most)
    {
        var length = Number(text);
        return length >= -1 && length <= most ? (int)length : throw new RespFormatException("a length out of bounds");
    }
}
