using System.Text.Json;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>A user as the Backend API of 2026-05-12 tells it.</summary>
internal static class UserJson
{
    private const int VerificationAttempts = 100;

    public static void Write(Utf8JsonWriter json, User user)
    {
        json.WriteStartObject();
        json.WriteString("id", user.Id);
        json.WriteString("object", "user");
        WriteProfile(json, user);
        WriteMetadata(json, user);
        WriteIdentifications(json, user);
        WriteSecurity(json, user);
        WriteStanding(json, user);
        json.WriteNumber("created_at", user.CreatedAt);
        json.WriteNumber("updated_at", user.UpdatedAt);
        json.WriteEndObject();
    }

    public static string ImageUrl(string id) => $"https://img.{LocalClerkDefaults.FrontendApiHost}/{id}";

    private static void WriteProfile(Utf8JsonWriter json, User user)
    {
        json.WriteString("external_id", user.ExternalId);
        json.WriteString("username", user.Username);
        json.WriteString("first_name", user.FirstName);
        json.WriteString("last_name", user.LastName);
        json.WriteString("locale", user.Locale);
        json.WriteString("primary_email_address_id", user.PrimaryEmailAddressId);
        json.WriteString("primary_phone_number_id", user.PrimaryPhoneNumberId);
        json.WriteNull("primary_web3_wallet_id");
        json.WriteString("image_url", ImageUrl(user.Id));
        json.WriteString("profile_image_url", ImageUrl(user.Id));
        json.WriteBoolean("has_image", false);
    }

    private static void WriteMetadata(Utf8JsonWriter json, User user)
    {
        json.WritePropertyName("public_metadata");
        user.PublicMetadata.WriteTo(json);
        json.WritePropertyName("private_metadata");
        user.PrivateMetadata.WriteTo(json);
        json.WritePropertyName("unsafe_metadata");
        user.UnsafeMetadata.WriteTo(json);
    }

    private static void WriteIdentifications(Utf8JsonWriter json, User user)
    {
        json.WritePropertyName("email_addresses");
        ListJson.WriteArray(json, user.EmailAddresses, IdentificationJson.Write);
        json.WritePropertyName("phone_numbers");
        ListJson.WriteArray(json, user.PhoneNumbers, IdentificationJson.Write);
        json.WritePropertyName("external_accounts");
        ListJson.WriteArray(json, user.ExternalAccounts, (inner, account) => ExternalAccountJson.Write(inner, user, account));
        foreach (var empty in (string[])["web3_wallets", "passkeys", "saml_accounts", "enterprise_accounts"])
        {
            json.WriteStartArray(empty);
            json.WriteEndArray();
        }
    }

    private static void WriteSecurity(Utf8JsonWriter json, User user)
    {
        json.WriteBoolean("password_enabled", user.Password is not null);
        WriteTime(json, "password_last_updated_at", user.Password?.SetAt);
        json.WriteBoolean("two_factor_enabled", user.HasSecondFactor);
        json.WriteBoolean("totp_enabled", user.TotpSecret is not null);
        json.WriteBoolean("backup_code_enabled", user.BackupCodes.Count > 0);
        WriteTime(json, "mfa_enabled_at", user.MfaEnabledAt);
        WriteTime(json, "mfa_disabled_at", user.MfaDisabledAt);
        WriteTime(json, "last_sign_in_at", user.LastSignInAt);
        WriteTime(json, "last_active_at", user.LastActiveAt);
        WriteTime(json, "legal_accepted_at", user.LegalAcceptedAt);
    }

    private static void WriteStanding(Utf8JsonWriter json, User user)
    {
        json.WriteBoolean("banned", user.Banned);
        json.WriteBoolean("locked", user.Locked);
        json.WriteBoolean("deprovisioned", false);
        json.WriteNull("lockout_expires_in_seconds");
        json.WriteNumber("verification_attempts_remaining", user.Locked ? 0 : VerificationAttempts);
        json.WriteBoolean("delete_self_enabled", user.DeleteSelfEnabled);
        json.WriteBoolean("create_organization_enabled", user.CreateOrganizationEnabled);
        if (user.CreateOrganizationsLimit is { } limit)
        {
            json.WriteNumber("create_organizations_limit", limit);
        }
        else
        {
            json.WriteNull("create_organizations_limit");
        }

        json.WriteBoolean("bypass_client_trust", user.BypassClientTrust);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long? time)
    {
        if (time is { } at)
        {
            json.WriteNumber(name, at);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
