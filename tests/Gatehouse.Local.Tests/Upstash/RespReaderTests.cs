using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Gatehouse.Local.Upstash.Redis;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Upstash;

/// <summary>The Redis protocol, read and written by hand.</summary>
public sealed class RespReaderTests
{
    [Theory]
    [InlineData("+OK\r\n", "Simple OK")]
    [InlineData("+\r\n", "Simple ")]
    [InlineData("-ERR no\r\n", "Error ERR no")]
    [InlineData(":0\r\n", "0")]
    [InlineData(":-9223372036854775808\r\n", "-9223372036854775808")]
    [InlineData("$3\r\na\r\n\r\n", "Bulk a\r\n")]
    [InlineData("$0\r\n\r\n", "Bulk ")]
    [InlineData("$-1\r\n", "null")]
    [InlineData("*-1\r\n", "null")]
    [InlineData("*0\r\n", "[]")]
    [InlineData("*3\r\n:1\r\n*1\r\n$-1\r\n+OK\r\n", "[1, [null], Simple OK]")]
    public async Task Replies_are_read(string wire, string value) => Assert.Equal(value, (await ReadAsync(Encoding.ASCII.GetBytes(wire), 3)).ToString());

    [Theory]
    [InlineData("\r\n")]
    [InlineData("?3\r\n")]
    [InlineData("+OK\n")]
    [InlineData(":\r\n")]
    [InlineData(":1x\r\n")]
    [InlineData(":9223372036854775808\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("$536870913\r\n")]
    [InlineData("$1\r\nab\r\n")]
    [InlineData("*-2\r\n")]
    [InlineData("*2147483648\r\n")]
    public async Task What_is_no_reply_is_refused(string wire) =>
        await Assert.ThrowsAsync<RespFormatException>(() => ReadAsync(Encoding.ASCII.GetBytes(wire), 1).AsTask());

    [Theory]
    [InlineData("")]
    [InlineData("+OK")]
    [InlineData("$3\r\nab")]
    [InlineData("*2\r\n:1\r\n")]
    [InlineData("*2147483647\r\n:1\r\n")]
    public async Task A_connection_that_ends_within_a_reply_is_told(string wire) =>
        await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(Encoding.ASCII.GetBytes(wire), 2).AsTask());

    [Fact]
    public async Task A_reply_deeper_than_any_is_refused_before_it_uses_up_the_stack() =>
        await Assert.ThrowsAsync<RespFormatException>(() => ReadAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("*1\r\n", 1_000))), 100).AsTask());

    [Fact]
    public async Task Whatever_is_written_is_read_again_however_it_is_cut()
    {
        var counts = Counts.Of("resp-values");
        var random = counts.Random();
        for (var run = 0; run < counts.Count; run++)
        {
            var written = Value(random, 4);
            var wire = new ArrayBufferWriter<byte>();
            RespWriter.Write(wire, written);

            var read = await ReadAsync(wire.WrittenSpan.ToArray(), random.Next(1, 64));

            var again = new ArrayBufferWriter<byte>();
            RespWriter.Write(again, read);
            Assert.Equal(wire.WrittenSpan.ToArray(), again.WrittenSpan.ToArray());
            Assert.Equal(written.ToString(), read.ToString());
        }
    }

    [Fact]
    public async Task Damaged_bytes_end_in_a_refusal_and_in_nothing_else()
    {
        var counts = Counts.Of("resp-damaged");
        var random = counts.Random();
        for (var run = 0; run < counts.Count; run++)
        {
            var wire = new ArrayBufferWriter<byte>();
            RespWriter.Write(wire, Value(random, 3));
            var bytes = wire.WrittenSpan.ToArray();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                await ReadAsync(bytes, random.Next(1, 64));
            }
            catch (IOException)
            {
                // Both refusals are of this kind; another exception fails the test.
            }
        }
    }

    [Fact]
    public void Commands_are_written_as_arrays_of_bytes_with_their_lengths()
    {
        var wire = new ArrayBufferWriter<byte>();
        RespWriter.Write(wire, RedisCommand.Of("SET", "kö", ""));
        Assert.Equal("*3\r\n$3\r\nSET\r\n$3\r\nkö\r\n$0\r\n\r\n", Encoding.UTF8.GetString(wire.WrittenSpan));
    }

    private static RespValue Value(Random random, int depth) => random.Next(depth == 0 ? 5 : 7) switch
    {
        0 => RespValue.Null,
        1 => RespValue.Simple(Line(random)),
        2 => RespValue.Error(Line(random)),
        3 => RespValue.Integer(random.NextInt64(long.MinValue, long.MaxValue)),
        4 => RespValue.Bulk(Bytes(random, 300)),
        _ => RespValue.Array([.. Enumerable.Range(0, random.Next(6)).Select(_ => Value(random, depth - 1))]),
    };

    private static byte[] Line(Random random) => [.. Bytes(random, 40).Where(value => value is not (byte)'\r' and not (byte)'\n')];

    private static byte[] Bytes(Random random, int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static async ValueTask<RespValue> ReadAsync(byte[] wire, int piece)
    {
        var pipe = new Pipe();
        var writing = Task.Run(async () =>
        {
            foreach (var part in wire.Chunk(piece))
            {
                await pipe.Writer.WriteAsync(part);
            }

            await pipe.Writer.CompleteAsync();
        });
        try
        {
            return await new RespReader(pipe.Reader).ReadAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }
}
