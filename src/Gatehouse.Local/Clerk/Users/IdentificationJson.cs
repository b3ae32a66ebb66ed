using System.Text.Json;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>E-mail addresses, phone numbers and wallets as the Backend API tells them.</summary>
internal static class IdentificationJson
{
    private const string EmailLink = "email_link";

    public static void Write(Utf8JsonWriter json, EmailAddress email)
    {
        json.WriteStartObject();
        json.WriteString("id", email.Id);
        json.WriteString("object", "email_address");
        json.WriteString("email_address", email.Address);
        json.WriteBoolean("reserved", email.Reserved);
        WriteVerification(json, email.Verified, email.VerifiedByCode, email.VerifiedByLink ? EmailLink : "email_code");
        WriteEmptyLinks(json);
        json.WriteBoolean("matches_sso_connection", false);
        json.WriteNumber("created_at", email.CreatedAt);
        json.WriteNumber("updated_at", email.UpdatedAt);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, PhoneNumber phone)
    {
        json.WriteStartObject();
        json.WriteString("id", phone.Id);
        json.WriteString("object", "phone_number");
        json.WriteString("phone_number", phone.Number);
        json.WriteBoolean("reserved", phone.Reserved);
        json.WriteBoolean("reserved_for_second_factor", phone.ReservedForSecondFactor);
        json.WriteBoolean("default_second_factor", phone.DefaultSecondFactor);
        json.WriteNull("backup_codes");
        WriteVerification(json, phone.Verified, phone.VerifiedByCode, "phone_code");
        WriteEmptyLinks(json);
        json.WriteNumber("created_at", phone.CreatedAt);
        json.WriteNumber("updated_at", phone.UpdatedAt);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Web3Wallet wallet)
    {
        json.WriteStartObject();
        json.WriteString("id", wallet.Id);
        json.WriteString("object", "web3_wallet");
        json.WriteString("web3_wallet", wallet.Address);
        WriteVerification(json, verified: true, byCode: false, "");
        json.WriteNumber("created_at", wallet.CreatedAt);
        json.WriteNumber("updated_at", wallet.UpdatedAt);
        json.WriteEndObject();
    }

    // What the Backend API calls verified is so by the administrator who called it.
    private static void WriteVerification(Utf8JsonWriter json, bool verified, bool byCode, string strategy)
    {
        var byAdministrator = verified && !byCode;
        json.WriteStartObject("verification");
        json.WriteString("object", byAdministrator ? "verification_admin" : strategy == EmailLink ? "verification_email_link" : "verification_otp");
        json.WriteString("status", verified ? "verified" : "unverified");
        json.WriteString("strategy", byAdministrator ? "admin" : strategy);
        json.WriteNull("attempts");
        json.WriteNull("expire_at");
        json.WriteEndObject();
    }

    private static void WriteEmptyLinks(Utf8JsonWriter json)
    {
        json.WriteStartArray("linked_to");
        json.WriteEndArray();
    }
}
