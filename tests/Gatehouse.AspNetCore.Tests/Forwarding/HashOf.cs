using System.Security.Cryptography;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

/// <summary>Takes any amount of bytes and keeps only their number and digest.</summary>
internal sealed class HashOf : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    public string Text => Convert.ToHexString(_hash.GetCurrentHash());

    public override long Length => _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    /// <summary>Sends so many bytes of chance, and tells this digest of them.</summary>
    public static async Task SendAsync(Stream to, long length, HashOf digest)
    {
        var block = new byte[64 * 1024];
        RandomNumberGenerator.Fill(block);
        for (var left = length; left > 0; left -= block.Length)
        {
            var part = block.AsMemory(0, (int)Math.Min(left, block.Length));
            part.Span[0]++;
            digest.Write(part.Span);
            await to.WriteAsync(part);
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        _length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
