using System.Text.Json;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>A verification as browsers are told it.</summary>
internal static class VerificationJson
{
    public static void WriteOrNull(Utf8JsonWriter json, string name, Verification? verification, long now)
    {
        if (verification is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        WriteMembers(json, verification, now);
        json.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter json, Verification verification, long now)
    {
        json.WriteString("object", "verification_otp");
        json.WriteString("status", verification.StatusAt(now).ToString().ToLowerInvariant());
        json.WriteString("strategy", verification.Strategy);
        json.WriteNumber("attempts", verification.Attempts);
        if (verification.ExpiresAt is { } expiresAt)
        {
            json.WriteNumber("expire_at", expiresAt);
        }
        else
        {
            json.WriteNull("expire_at");
        }
    }
}
