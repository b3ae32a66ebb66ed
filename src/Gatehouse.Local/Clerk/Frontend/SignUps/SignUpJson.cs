using System.Text.Json;
using Gatehouse.Local.Clerk.Frontend.Verifications;

namespace Gatehouse.Local.Clerk.Frontend.SignUps;

/// <summary>A sign-up as browsers are told it.</summary>
internal static class SignUpJson
{
    private static readonly string[] Names = ["username", "first_name", "last_name"];

    private static readonly string[] EmailStrategies = [VerificationStrategy.EmailCode, VerificationStrategy.EmailLink];
    private static readonly string[] PhoneStrategies = [VerificationStrategy.PhoneCode];

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
        // One of the two must be given; until then it is the address that is asked for.
        var (required, other) = signUp is { EmailAddress: null, PhoneNumber: not null }
            ? ("phone_number", "email_address")
            : ("email_address", "phone_number");
        WriteTexts(json, "required_fields", [required, "password"]);
        WriteTexts(json, "optional_fields", [other, .. Names]);
        WriteTexts(json, "missing_fields", signUp.MissingFields);
        WriteTexts(json, "unverified_fields", signUp.UnverifiedFieldsAt(now));
        WriteVerifications(json, signUp, now);
        json.WriteString("username", signUp.Username);
        json.WriteString("email_address", signUp.EmailAddress);
        json.WriteString("phone_number", signUp.PhoneNumber);
        json.WriteNull("web3_wallet");
        json.WriteBoolean("password_enabled", signUp.Password is not null);
        json.WriteBoolean("has_password", signUp.Password is not null);   // what Clerk's browser client reads in its place
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
        Write(json, "email_address", signUp.EmailAddress, signUp.EmailVerification, EmailStrategies, now);
        Write(json, "phone_number", signUp.PhoneNumber, signUp.PhoneVerification, PhoneStrategies, now);
        json.WriteNull("web3_wallet");
        json.WriteNull("external_account");
        json.WriteEndObject();
    }

    private static void Write(
        Utf8JsonWriter json,
        string name,
        string? identification,
        Verification? verification,
        string[] strategies,
        long now)
    {
        if (identification is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        WriteState(json, verification, strategies[0], now);
        WriteTexts(json, "supported_strategies", strategies);
        json.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter json, Verification? verification, string usual, long now)
    {
        if (verification is null)
        {
            json.WriteString("object", VerificationJson.TypeOf(usual));
            json.WriteString("status", "unverified");
            json.WriteString("strategy", usual);
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
