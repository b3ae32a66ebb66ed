namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>The ways of proving who one is.</summary>
internal static class SignInStrategy
{
    public const string Password = "password";
    public const string EmailCode = "email_code";
    public const string ResetPassword = "reset_password_email_code";
    public const string Ticket = "ticket";
    public const string Totp = "totp";
    public const string BackupCode = "backup_code";
}
