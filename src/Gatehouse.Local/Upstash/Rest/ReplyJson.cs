using System.Text.Json;
using Gatehouse.Local.Upstash.Redis;

namespace Gatehouse.Local.Upstash.Rest;

/// <summary>A reply as Upstash tells it: an object with <c>result</c>, or with <c>error</c>.</summary>
/// <remarks>Upstash, "REST API", "Response" and "Base64 encoded responses".</remarks>
internal static class ReplyJson
{
    public static void Write(Utf8JsonWriter json, RespValue reply, bool base64)
    {
        json.WriteStartObject();
        if (reply.Kind == RespKind.Error)
        {
            json.WriteString("error", reply.Text);
        }
        else
        {
            json.WritePropertyName("result");

            // The one word that stays readable, and only where it is the whole result: clients decode whatever an array holds.
            WriteValue(json, reply, base64 && !reply.Bytes.Span.SequenceEqual("OK"u8));
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, RespValue value, bool base64)
    {
        switch (value.Kind)
        {
            case RespKind.Integer:
                json.WriteNumberValue(value.Number);
                break;
            case RespKind.Array:
                json.WriteStartArray();
                foreach (var item in value.Items)
                {
                    WriteValue(json, item, base64);
                }

                json.WriteEndArray();
                break;
            case RespKind.Null:
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(base64 ? Convert.ToBase64String(value.Bytes.Span) : value.Text);
                break;
        }
    }
}
