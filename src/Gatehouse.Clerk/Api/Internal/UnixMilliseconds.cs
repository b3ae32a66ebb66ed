using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gatehouse.Clerk.Api.Internal;

/// <summary>Clerk's times are whole milliseconds since 1970.</summary>
internal sealed class UnixMilliseconds : JsonConverter<DateTimeOffset>
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && value >= Earliest && value <= Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds(value)
            : throw new JsonException("no time in milliseconds");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
}
