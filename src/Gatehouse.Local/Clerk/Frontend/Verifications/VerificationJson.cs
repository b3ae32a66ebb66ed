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
        json.WriteString("object", TypeOf(verification.Strategy));
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

        if (verification.VerifiedAtClient is { } client)
        {
            json.WriteString("verified_at_client", client);
        }
    }

    /// <summary>The name of a verification's type; every code that is sent has the same.</summary>
    public static string TypeOf(string strategy) => strategy switch
    {
        VerificationStrategy.Password => "verification_password",
        VerificationStrategy.EmailLink => "verification_email_link",
        VerificationStrategy.Ticket => "verification_ticket",
        VerificationStrategy.Totp => "verification_totp",
        VerificationStrategy.BackupCode => "verification_backup_code",
        _ => "verification_otp",
    };
}
