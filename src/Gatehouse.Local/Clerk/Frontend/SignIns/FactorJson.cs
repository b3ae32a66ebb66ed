using System.Text.Json;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>The ways in which a user can prove to be that user.</summary>
internal static class FactorJson
{
    /// <summary>The first factors, of which some are for some purposes only.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="user">Whose; null of nobody.</param>
    /// <param name="byEmail">What can be sent to an e-mail address.</param>
    /// <param name="byPhone">What can be sent to a phone.</param>
    public static void WriteFirst(Utf8JsonWriter json, User? user, IReadOnlyList<string> byEmail, IReadOnlyList<string> byPhone)
    {
        if (user is null)
        {
            json.WriteNull("supported_first_factors");
            return;
        }

        json.WriteStartArray("supported_first_factors");
        WriteStrategy(json, user.Password is not null, VerificationStrategy.Password);
        foreach (var (strategy, email) in byEmail.SelectMany(_ => user.EmailAddresses.Where(email => email.Verified), (one, email) => (one, email)))
        {
            json.WriteStartObject();
            json.WriteString("strategy", strategy);
            json.WriteString("safe_identifier", email.Address);
            json.WriteString("email_address_id", email.Id);
            json.WriteBoolean("primary", email.Id == user.PrimaryEmailAddressId);
            json.WriteEndObject();
        }

        foreach (var (strategy, phone) in byPhone.SelectMany(_ => user.PhoneNumbers.Where(phone => phone.IsFirstFactor()), (one, phone) => (one, phone)))
        {
            WritePhone(json, strategy, phone, "primary", phone.Id == user.PrimaryPhoneNumberId);
        }

        json.WriteEndArray();
    }

    public static void WriteSecond(Utf8JsonWriter json, User? user)
    {
        if (user?.HasSecondFactor != true)
        {
            json.WriteNull("supported_second_factors");
            return;
        }

        json.WriteStartArray("supported_second_factors");
        WriteStrategy(json, user.TotpSecret is not null, VerificationStrategy.Totp);
        foreach (var phone in user.PhoneNumbers.Where(owned => owned.Verified && owned.ReservedForSecondFactor))
        {
            WritePhone(json, VerificationStrategy.PhoneCode, phone, "default", phone.DefaultSecondFactor);
        }

        WriteStrategy(json, user.BackupCodes.Count > 0, VerificationStrategy.BackupCode);
        json.WriteEndArray();
    }

    private static void WritePhone(Utf8JsonWriter json, string strategy, PhoneNumber phone, string mark, bool isMarked)
    {
        json.WriteStartObject();
        json.WriteString("strategy", strategy);
        json.WriteString("safe_identifier", phone.Number);
        json.WriteString("phone_number_id", phone.Id);
        json.WriteBoolean(mark, isMarked);
        json.WriteEndObject();
    }

    private static void WriteStrategy(Utf8JsonWriter json, bool isSupported, string strategy)
    {
        if (isSupported)
        {
            json.WriteStartObject();
            json.WriteString("strategy", strategy);
            json.WriteEndObject();
        }
    }
}
