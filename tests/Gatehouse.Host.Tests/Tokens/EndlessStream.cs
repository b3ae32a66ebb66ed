using System.Text;

namespace Gatehouse.Host.Tests.Tokens;

/// <summary>One letter for ever, or for as long as is said, and then a text.</summary>
internal sealed class EndlessStream(char letter, long length = long.MaxValue, string then = "") : Stream
{
    private readonly MemoryStream _then = new(Encoding.UTF8.GetBytes(then));
    private long _left = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_left == 0)
        {
            return _then.Read(buffer);
        }

        var now = (int)Math.Min(_left, buffer.Length);
        buffer[..now].Fill((byte)letter);
        _left -= now;
        return now;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
