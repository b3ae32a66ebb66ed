using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Passwords;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Clerk's refusals about passwords.</summary>
internal static class PasswordErrors
{
    public static ClerkError TooShort { get; } = new(
        422, "form_password_length_too_short", $"Passwords must be {PasswordDigest.MinimumLength} characters or more.",
        $"Passwords must be {PasswordDigest.MinimumLength} characters or more.")
    {
        ParameterName = "password",
    };

    public static ClerkError TooLong { get; } = new(
        422, "form_password_length_too_long", $"Passwords must be less than {PasswordDigest.MaximumLength + 1} characters.",
        $"Passwords must be less than {PasswordDigest.MaximumLength + 1} characters.")
    {
        ParameterName = "password",
    };

    public static ClerkError Incorrect { get; } = new(
        422, "incorrect_password", "Incorrect password", "The password is incorrect. Try again, or use another method.")
    {
        ParameterName = "password",
    };

    /// <summary>Of a sign-in, which another way must be found for; what follows then is a new password.</summary>
    public static ClerkError Compromised { get; } = new(
        422, "form_password_compromised", "Your password may be compromised.",
        "Your password may be compromised. Sign in by another method; you will then be asked for a new password.")
    {
        ParameterName = "password",
    };

    public static ClerkError CognitoUnanswerable { get; } = new(
        422, "form_param_value_invalid", "is invalid",
        $"password_hasher cannot be {PasswordHashers.Cognito} at the local Clerk: only Amazon can say whether such a password is right, "
        + "and this instance calls nobody.")
    {
        ParameterName = "password_hasher",
    };

    public static ClerkError DigestTooDear { get; } = new(
        422, "form_password_digest_invalid_code", "takes too much to compare",
        $"The local Clerk compares digests that take {ImportedDigest.MostSeconds} seconds and {ImportedDigest.MostMemory >> 20} MB at most. "
        + "Make this one with a lower cost.")
    {
        ParameterName = "password_digest",
    };

    public static ClerkError DigestInvalid(string hasher) => new(
        422, "form_password_digest_invalid_code", "is invalid", $"The password digest is not in the form of {hasher}.")
    {
        ParameterName = "password_digest",
    };

    public static ClerkError NotSet { get; } = new(
        400, "no_password_set", "No password set", "This user does not have a password set for their account.");
}
