using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Verifications;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>One try to prove something: a password, a code or a link that was sent, a ticket. Times are unix milliseconds.</summary>
internal sealed class Verification
{
    private const int LinkSecretBytes = 24;

    public required string Strategy { get; init; }

    /// <summary>The code that was sent; null of what needs none.</summary>
    public string? Code { get; init; }

    /// <summary>What the link that was sent is known by; null of what is proved otherwise.</summary>
    public string? LinkSecret { get; init; }

    /// <summary>Where the link leads in the end; null for a page of this server's own.</summary>
    public string? RedirectUrl { get; init; }

    public long? ExpiresAt { get; init; }

    public int Attempts { get; private set; }

    public bool IsVerified { get; private set; }

    /// <summary>The browser that the link was opened in.</summary>
    public string? VerifiedAtClient { get; private set; }

    /// <summary>A code that is sent now.</summary>
    public static Verification OfCode(string strategy, ClerkWorld world) => new()
    {
        Strategy = strategy,
        Code = VerificationCode.Next(world),
        ExpiresAt = world.Clock.NowMilliseconds + CodeVerification.Lifetime,
    };

    /// <summary>A link that is sent now.</summary>
    public static Verification OfLink(ClerkWorld world, string? redirectUrl) => new()
    {
        Strategy = VerificationStrategy.EmailLink,
        LinkSecret = world.Ids.NextHex("", LinkSecretBytes),
        RedirectUrl = redirectUrl,
        ExpiresAt = world.Clock.NowMilliseconds + CodeVerification.Lifetime,
    };

    /// <summary>Something that was proved at once.</summary>
    public static Verification Proved(string strategy) => new() { Strategy = strategy, IsVerified = true, Attempts = 1 };

    public VerificationStatus StatusAt(long now) => this switch
    {
        { IsVerified: true } => VerificationStatus.Verified,
        { Attempts: >= CodeVerification.MostAttempts } => VerificationStatus.Failed,
        _ when now >= ExpiresAt => VerificationStatus.Expired,
        _ => VerificationStatus.Unverified,
    };

    /// <summary>Compares a code. Not null when it was refused.</summary>
    public ClerkError? Attempt(string code, long now)
    {
        switch (StatusAt(now))
        {
            case VerificationStatus.Verified:
                return FrontendErrors.VerificationAlreadyVerified;
            case VerificationStatus.Failed:
                return FrontendErrors.VerificationFailed;
            case VerificationStatus.Expired:
                return FrontendErrors.VerificationExpired;
        }

        Attempts++;
        IsVerified = Code is not null && code == Code;
        return IsVerified ? null : FrontendErrors.CodeIncorrect;
    }

    /// <summary>Notes that the link was opened, in a browser that is known or in none.</summary>
    public void Open(string? clientId)
    {
        Attempts++;
        (IsVerified, VerifiedAtClient) = (true, clientId);
    }
}
