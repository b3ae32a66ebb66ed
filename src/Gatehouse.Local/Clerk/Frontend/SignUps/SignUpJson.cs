using System.Text.Json;
using Gatehouse.Local.Clerk.Frontend.Verifications;

namespace Gatehouse.Local.Clerk.Frontend.SignUps;

/// <summary>A sign-up as browsers are told it.</summary>
internal static class SignUpJson
{
    private static readonly string[] Required = ["email_address", "password"];
    private static readonly string[] Optional = ["username", "first_name", "last_name"];

    public static void WriteOrNull(Utf8JsonWriter json, SignUp? signUp, long now)
    {
        if (signUp is null)
        {
            json.WriteNullValue();
        }
        else
        {
            Write(json, signUp, now);
        }
    }

    public static void Write(Utf8JsonWriter json, SignUp signUp, long now)
    {
        json.WriteStartObject();
        json.WriteString("object", "sign_up_attempt");
        json.WriteString("id", signUp.Id);
        json.WriteString("status", signUp.CreatedUserId is null ? "missing_requirements" : "complete");
        WriteTexts(json, "required_fields", Required);
        WriteTexts(json, "optional_fields", Optional);
        WriteTexts(json, "missing_fields", signUp.MissingFields);
        WriteTexts(json, "unverified_fields", signUp.EmailAddress is null || signUp.IsEmailVerifiedAt(now) ? [] : ["email_address"]);
        WriteVerifications(json, signUp, now);
        json.WriteString("username", signUp.Username);
        json.WriteString("email_address", signUp.EmailAddress);
        json.WriteNull("phone_number");
        json.WriteNull("web3_wallet");
        json.WriteBoolean("password_enabled", signUp.Password is not null);
        json.WriteString("first_name", signUp.FirstName);
        json.WriteString("last_name", signUp.LastName);
        json.WritePropertyName("unsafe_metadata");
        signUp.UnsafeMetadata.WriteTo(json);
        json.WritePropertyName("public_metadata");
        signUp.PublicMetadata.WriteTo(json);
        json.WriteBoolean("custom_action", false);
        json.WriteNull("external_id");
        json.WriteString("locale", signUp.Locale);
        json.WriteString("created_session_id", signUp.CreatedSessionId);
        json.WriteString("created_user_id", signUp.CreatedUserId);
        json.WriteNumber("abandon_at", signUp.AbandonedAt);
        if (signUp.LegalAccepted)
        {
            json.WriteNumber("legal_accepted_at", signUp.CreatedAt);
        }
        else
        {
            json.WriteNull("legal_accepted_at");
        }

        json.WriteEndObject();
    }

    private static void WriteVerifications(Utf8JsonWriter json, SignUp signUp, long now)
    {
        json.WriteStartObject("verifications");
        if (signUp.EmailAddress is null)
        {
            json.WriteNull("email_address");
        }
        else
        {
            json.WriteStartObject("email_address");
            WriteEmail(json, signUp.EmailVerification, now);
            WriteTexts(json, "supported_strategies", ["email_code"]);
            json.WriteEndObject();
        }

        json.WriteNull("phone_number");
        json.WriteNull("web3_wallet");
        json.WriteNull("external_account");
        json.WriteEndObject();
    }

    private static void WriteEmail(Utf8JsonWriter json, Verification? verification, long now)
    {
        if (verification is null)
        {
            json.WriteString("object", "verification_otp");
            json.WriteString("status", "unverified");
            json.WriteString("strategy", "email_code");
            json.WriteNull("attempts");
            json.WriteNull("expire_at");
            json.WriteString("next_action", "needs_prepare");
            return;
        }

        VerificationJson.WriteMembers(json, verification, now);
        json.WriteString("next_action", verification.StatusAt(now) switch
        {
            VerificationStatus.Verified => "",
            VerificationStatus.Unverified => "needs_attempt",
            _ => "needs_prepare",
        });
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
