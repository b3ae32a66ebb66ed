using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Images;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>A user as the Backend API of 2026-05-12 tells it.</summary>
internal static class UserJson
{
    /// <param name="json">Where to.</param>
    /// <param name="user">Whom.</param>
    /// <param name="now">When it is told, in unix milliseconds: how long a lock still holds depends on it.</param>
    public static void Write(Utf8JsonWriter json, User user, long now)
    {
        json.WriteStartObject();
        json.WriteString("id", user.Id);
        json.WriteString("object", "user");
        WriteProfile(json, user);
        WriteMetadata(json, user);
        WriteIdentifications(json, user);
        WriteSecurity(json, user);
        WriteStanding(json, user, now);
        json.WriteNumber("created_at", user.CreatedAt);
        json.WriteNumber("updated_at", user.UpdatedAt);
        json.WriteEndObject();
    }

    /// <summary>The answer that is one user.</summary>
    public static ClerkAnswer Answer(ClerkWorld world, User user) => ClerkAnswer.Ok(json => Write(json, user, world.Clock.NowMilliseconds));

    /// <summary>The answer that is a list of users.</summary>
    public static ClerkAnswer Answer(ClerkWorld world, IEnumerable<User> users)
    {
        var now = world.Clock.NowMilliseconds;
        return ClerkAnswer.Ok(json => ListJson.WriteArray(json, users, (inner, user) => Write(inner, user, now)));
    }

    private static void WriteProfile(Utf8JsonWriter json, User user)
    {
        json.WriteString("external_id", user.ExternalId);
        json.WriteString("username", user.Username);
        json.WriteString("first_name", user.FirstName);
        json.WriteString("last_name", user.LastName);
        json.WriteString("locale", user.Locale);
        json.WriteString("primary_email_address_id", user.PrimaryEmailAddressId);
        json.WriteString("primary_phone_number_id", user.PrimaryPhoneNumberId);
        json.WriteString("primary_web3_wallet_id", user.PrimaryWeb3WalletId);
        PictureJson.WriteOfProfile(json, user);
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
        json.WritePropertyName("web3_wallets");
        ListJson.WriteArray(json, user.Web3Wallets, IdentificationJson.Write);
        foreach (var empty in (string[])["passkeys", "saml_accounts", "enterprise_accounts"])
        {
            json.WriteStartArray(empty);
            json.WriteEndArray();
        }
    }

    private static void WriteSecurity(Utf8JsonWriter json, User user)
    {
        json.WriteBoolean("password_enabled", user.Password is not null);
        WriteNumber(json, "password_last_updated_at", user.Password?.SetAt);
        json.WriteBoolean("two_factor_enabled", user.HasSecondFactor);
        json.WriteBoolean("totp_enabled", user.TotpSecret is not null);
        json.WriteBoolean("backup_code_enabled", user.BackupCodes.Count > 0);
        WriteNumber(json, "mfa_enabled_at", user.MfaEnabledAt);
        WriteNumber(json, "mfa_disabled_at", user.MfaDisabledAt);
        WriteNumber(json, "last_sign_in_at", user.LastSignInAt);
        WriteNumber(json, "last_active_at", user.LastActiveAt);
        WriteNumber(json, "legal_accepted_at", user.LegalAcceptedAt);
    }

    private static void WriteStanding(Utf8JsonWriter json, User user, long now)
    {
        json.WriteBoolean("banned", user.Banned);
        json.WriteBoolean("locked", Lockout.Holds(user, now));
        json.WriteBoolean("deprovisioned", false);
        WriteNumber(json, "lockout_expires_in_seconds", Lockout.SecondsLeft(user, now));
        json.WriteNumber("verification_attempts_remaining", Lockout.AttemptsLeft(user, now));
        json.WriteBoolean("delete_self_enabled", user.DeleteSelfEnabled);
        json.WriteBoolean("create_organization_enabled", user.CreateOrganizationEnabled);
        WriteNumber(json, "create_organizations_limit", user.CreateOrganizationsLimit);
        json.WriteBoolean("bypass_client_trust", user.BypassClientTrust);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } given)
        {
            json.WriteNumber(name, given);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
