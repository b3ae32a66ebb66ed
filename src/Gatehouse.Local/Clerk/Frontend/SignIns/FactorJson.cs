using System.Text.Json;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>The ways in which a user can prove to be that user.</summary>
internal static class FactorJson
{
    /// <summary>The first factors, of which codes can be sent for some purposes.</summary>
    public static void WriteFirst(Utf8JsonWriter json, User? user, IReadOnlyList<string> codes)
    {
        if (user is null)
        {
            json.WriteNull("supported_first_factors");
            return;
        }

        json.WriteStartArray("supported_first_factors");
        WriteStrategy(json, user.Password is not null, SignInStrategy.Password);
        foreach (var strategy in codes)
        {
            foreach (var email in user.EmailAddresses.Where(email => email.Verified))
            {
                json.WriteStartObject();
                json.WriteString("strategy", strategy);
                json.WriteString("safe_identifier", email.Address);
                json.WriteString("email_address_id", email.Id);
                json.WriteBoolean("primary", email.Id == user.PrimaryEmailAddressId);
                json.WriteEndObject();
            }
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
        WriteStrategy(json, user.TotpSecret is not null, SignInStrategy.Totp);
        WriteStrategy(json, user.BackupCodes.Count > 0, SignInStrategy.BackupCode);
        json.WriteEndArray();
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
