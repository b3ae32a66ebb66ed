using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Verifications;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>One try to prove something: a password, a code sent by e-mail, a ticket. Times are unix milliseconds.</summary>
internal sealed class Verification
{
    public required string Strategy { get; init; }

    /// <summary>The code that was sent; null of what needs none.</summary>
    public string? Code { get; init; }

    public long? ExpiresAt { get; init; }

    public int Attempts { get; private set; }

    public bool IsVerified { get; private set; }

    /// <summary>A code that is sent now.</summary>
    public static Verification OfCode(string strategy, ClerkWorld world) => new()
    {
        Strategy = strategy,
        Code = VerificationCode.Next(world),
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
        IsVerified = code == Code;
        return IsVerified ? null : FrontendErrors.CodeIncorrect;
    }
}
