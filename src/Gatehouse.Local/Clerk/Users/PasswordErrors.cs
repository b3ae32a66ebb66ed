using Gatehouse.Local.Clerk.Errors;

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

    public static ClerkError NotSet { get; } = new(
        400, "no_password_set", "No password set", "This user does not have a password set for their account.");
}
