namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>The ways of proving who one is, or that an address or a number is one's own.</summary>
internal static class VerificationStrategy
{
    public const string Password = "password";
    public const string EmailCode = "email_code";
    public const string EmailLink = "email_link";
    public const string PhoneCode = "phone_code";
    public const string ResetPasswordByEmail = "reset_password_email_code";
    public const string ResetPasswordByPhone = "reset_password_phone_code";
    public const string Ticket = "ticket";
    public const string Totp = "totp";
    public const string BackupCode = "backup_code";

    public static bool IsReset(string strategy) => strategy is ResetPasswordByEmail or ResetPasswordByPhone;
}
