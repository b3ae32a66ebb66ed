using System.Buffers;
using System.Buffers.Text;

namespace Gatehouse.Local.Upstash.Redis;

/// <summary>Writes commands, and replies as they came, in the Redis protocol, version 2.</summary>
internal static class RespWriter
{
    private const int LongestNumber = 20;

    public static void Write(IBufferWriter<byte> output, RedisCommand command)
    {
        WriteHead(output, '*', command.Arguments.Count);
        foreach (var argument in command.Arguments)
        {
            WriteBulk(output, argument.Span);
        }
    }

    public static void Write(IBufferWriter<byte> output, RespValue value)
    {
        switch (value.Kind)
        {
            case RespKind.Simple:
                WriteLine(output, '+', value.Bytes.Span);
                break;
            case RespKind.Error:
                WriteLine(output, '-', value.Bytes.Span);
                break;
            case RespKind.Integer:
                WriteHead(output, ':', value.Number);
                break;
            case RespKind.Bulk:
                WriteBulk(output, value.Bytes.Span);
                break;
            case RespKind.Array:
                WriteHead(output, '*', value.Items.Count);
                foreach (var item in value.Items)
                {
                    Write(output, item);
                }

                break;
            default:
                WriteHead(output, '$', -1);
                break;
        }
    }

    private static void WriteBulk(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        WriteHead(output, '$', bytes.Length);
        output.Write(bytes);
        output.Write("\r\n"u8);
    }

    private static void WriteLine(IBufferWriter<byte> output, char type, ReadOnlySpan<byte> bytes)
    {
        output.Write([(byte)type]);
        output.Write(bytes);
        output.Write("\r\n"u8);
    }

    private static void WriteHead(IBufferWriter<byte> output, char type, long number)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(number, text, out var length);
        WriteLine(output, type, text[..length]);
    }
}
