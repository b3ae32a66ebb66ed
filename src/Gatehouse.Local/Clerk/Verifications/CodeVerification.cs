namespace Gatehouse.Local.Clerk.Verifications;

/// <summary>A code that was sent to an e-mail address or a phone number, and what came of it. Times are unix milliseconds.</summary>
internal sealed class CodeVerification
{
    /// <summary>The code of every verification while the instance is in test mode.</summary>
    public const string TestCode = "424242";

    public const long Lifetime = 10 * 60 * 1000L;
    public const int MostAttempts = 3;

    public const string Unverified = "unverified";
    public const string Verified = "verified";
    public const string Failed = "failed";
    public const string Expired = "expired";

    public required string Id { get; init; }

    /// <summary>The e-mail address or phone number.</summary>
    public required string IdentificationId { get; init; }

    /// <summary><c>email_code</c> or <c>phone_code</c>.</summary>
    public required string Strategy { get; init; }

    public required string Code { get; init; }

    public required long ExpiresAt { get; init; }

    public string Status { get; private set; } = Unverified;

    public int Attempts { get; private set; }

    /// <summary>Takes a try. A wrong code and one that comes too late show in the status.</summary>
    public void Try(string code, long now)
    {
        if (Status is Failed or Expired)
        {
            return;
        }

        Attempts++;
        Status = now >= ExpiresAt ? Expired
            : code == Code ? Verified
            : Attempts >= MostAttempts ? Failed
            : Unverified;
    }
}
