using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Clerk's refusals about authenticator apps.</summary>
internal static class TotpErrors
{
    public static ClerkError Disabled { get; } = new(
        400, "totp_disabled", "TOTP is disabled", "This user does not have TOTP enabled in their account");

    public static ClerkError CodeIncorrect { get; } = new(
        422, "totp_incorrect_code", "incorrect TOTP", "The provided TOTP code is incorrect")
    {
        ParameterName = "code",
    };

    public static ClerkError LengthInvalid { get; } = new(
        422, "totp_invalid_length", "invalid length", $"The provided TOTP code must be {Totp.Digits} characters long.")
    {
        ParameterName = "code",
    };

    public static ClerkError SecretInvalid { get; } = new(
        422, "invalid_totp_secret_code", "invalid TOTP secret", "The TOTP secret is invalid. Provide one in base32.")
    {
        ParameterName = "totp_secret",
    };
}
