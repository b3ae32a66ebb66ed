using System.Text.Json;
using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens;

/// <summary>One token's verdict as JSON: one line of plain ASCII, whatever the token holds.</summary>
internal static class VerifyAnswer
{
    public static void Write(Utf8JsonWriter json, GateAnswer answer)
    {
        json.WriteStartObject();
        if (answer.Result.Succeeded)
        {
            WriteAdmitted(json, answer.Result.Claims, answer.IsLocal);
        }
        else
        {
            json.WriteBoolean("ok"u8, false);
            json.WriteString("reason"u8, answer.Result.Failure.ToCode());
        }

        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteAdmitted(Utf8JsonWriter json, TokenClaims claims, bool isLocal)
    {
        json.WriteBoolean("ok"u8, true);
        json.WriteString("class"u8, ClassNames.Of(claims.Class));
        json.WriteString("sub"u8, claims.Subject);
        json.WriteString("iss"u8, claims.Issuer.Length > 0 ? claims.Issuer : null);
        json.WriteNumber("exp"u8, claims.ExpiresAt.ToUnixTimeSeconds());
        json.WritePropertyName("claims"u8);
        WriteClaims(json, claims.Payload);
        if (isLocal)
        {
            json.WriteBoolean("local"u8, true);
        }
    }

    // The payload is strict JSON, but may hold line breaks between its members, and letters that a terminal obeys within its texts.
    private static void WriteClaims(Utf8JsonWriter json, ReadOnlyMemory<byte> payload)
    {
        if (!payload.Span.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            json.WriteRawValue(payload.Span, skipInputValidation: true);
            return;
        }

        using var document = JsonDocument.Parse(payload);
        document.RootElement.WriteTo(json);
    }
}
