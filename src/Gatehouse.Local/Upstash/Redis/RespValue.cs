using System.Globalization;
using System.Text;

namespace Gatehouse.Local.Upstash.Redis;

/// <summary>One reply of the Redis protocol, version 2.</summary>
internal sealed class RespValue
{
    private RespValue(RespKind kind, ReadOnlyMemory<byte> bytes = default, long number = 0, IReadOnlyList<RespValue>? items = null) =>
        (Kind, Bytes, Number, Items) = (kind, bytes, number, items ?? []);

    public static RespValue Null { get; } = new(RespKind.Null);

    public RespKind Kind { get; }

    /// <summary>What a status, an error or a bulk string says.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public long Number { get; }

    public IReadOnlyList<RespValue> Items { get; }

    /// <summary>The same as text; what is not UTF-8 in it becomes U+FFFD, as in Upstash's answers.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public static RespValue Simple(ReadOnlyMemory<byte> bytes) => new(RespKind.Simple, bytes);

    public static RespValue Error(ReadOnlyMemory<byte> bytes) => new(RespKind.Error, bytes);

    public static RespValue Error(string text) => Error(Encoding.UTF8.GetBytes(text));

    public static RespValue Integer(long number) => new(RespKind.Integer, number: number);

    public static RespValue Bulk(ReadOnlyMemory<byte> bytes) => new(RespKind.Bulk, bytes);

    public static RespValue Bulk(string text) => Bulk(Encoding.UTF8.GetBytes(text));

    public static RespValue Array(IReadOnlyList<RespValue> items) => new(RespKind.Array, items: items);

    public override string ToString() => Kind switch
    {
        RespKind.Null => "null",
        RespKind.Integer => Number.ToString(CultureInfo.InvariantCulture),
        RespKind.Array => $"[{string.Join(", ", Items)}]",
        _ => $"{Kind} {Text}",
    };
}
