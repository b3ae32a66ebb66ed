using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Images;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>A sign-in as browsers are told it.</summary>
internal static class SignInJson
{
    private static readonly string[] ByEmail =
        [VerificationStrategy.EmailCode, VerificationStrategy.EmailLink, VerificationStrategy.ResetPasswordByEmail];

    private static readonly string[] ByPhone = [VerificationStrategy.PhoneCode, VerificationStrategy.ResetPasswordByPhone];

    public static void WriteOrNull(Utf8JsonWriter json, SignIn? signIn, ClerkWorld world)
    {
        if (signIn is null)
        {
            json.WriteNullValue();
        }
        else
        {
            Write(json, signIn, world);
        }
    }

    public static void Write(Utf8JsonWriter json, SignIn signIn, ClerkWorld world)
    {
        var user = signIn.UserId is { } id ? world.Data.Users.Find(id) : null;
        json.WriteStartObject();
        json.WriteString("object", "sign_in_attempt");
        json.WriteString("id", signIn.Id);
        json.WriteString("status", JsonNamingPolicy.SnakeCaseLower.ConvertName(signIn.Status.ToString()));
        json.WriteStartArray("supported_identifiers");
        json.WriteStringValue("email_address");
        json.WriteStringValue("phone_number");
        json.WriteStringValue("username");
        json.WriteEndArray();
        json.WriteString("identifier", signIn.Identifier);
        FactorJson.WriteFirst(json, user, ByEmail, ByPhone);
        FactorJson.WriteSecond(json, user);
        VerificationJson.WriteOrNull(json, "first_factor_verification", signIn.FirstFactor, world.Clock.NowMilliseconds);
        VerificationJson.WriteOrNull(json, "second_factor_verification", signIn.SecondFactor, world.Clock.NowMilliseconds);
        WriteUserData(json, user);
        json.WriteString("created_session_id", signIn.CreatedSessionId);
        json.WriteNumber("abandon_at", signIn.AbandonedAt);
        json.WriteNull("client_trust_state");
        json.WriteEndObject();
    }

    private static void WriteUserData(Utf8JsonWriter json, User? user)
    {
        if (user is null)
        {
            json.WriteNull("user_data");
            return;
        }

        json.WriteStartObject("user_data");
        json.WriteString("first_name", user.FirstName);
        json.WriteString("last_name", user.LastName);
        PictureJson.Write(json, user);
        json.WriteEndObject();
    }
}
