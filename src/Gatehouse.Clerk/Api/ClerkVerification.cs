namespace Gatehouse.Clerk.Api;

/// <summary>How an identifier was verified.</summary>
public sealed class ClerkVerification
{
    /// <summary><c>unverified</c>, <c>verified</c>, <c>failed</c> or <c>expired</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Such as <c>email_code</c>, or <c>admin</c> for identifiers that the Backend API created.</summary>
    public string? Strategy { get; init; }
}
