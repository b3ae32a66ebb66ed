using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Keeping a user from signing in for a time: after too many failed attempts, or because an administrator says so.</summary>
internal static class Lockout
{
    /// <summary>How many attempts may fail. Clerk's own default was this until July 2026, and instances keep theirs.</summary>
    public const int MostFailures = 100;

    /// <summary>How long a lock holds: Clerk's default.</summary>
    public const long Seconds = 3600;

    private const long Millisecond = 1000;

    public static bool Holds(User user, long now) => user.Locked && !(user.LockedUntil <= now);

    /// <summary>Null when the user is not locked out, or until an administrator unlocks them.</summary>
    public static long? SecondsLeft(User user, long now) =>
        Holds(user, now) && user.LockedUntil is { } until ? (until - now + Millisecond - 1) / Millisecond : null;

    /// <summary>A lock by hand leaves them as they are.</summary>
    public static int AttemptsLeft(User user, long now) => MostFailures - (IsOver(user, now) ? 0 : user.FailedAttempts);

    public static void Lock(User user, long now) => (user.Locked, user.LockedUntil) = (true, now + (Seconds * Millisecond));

    public static void Unlock(User user) => (user.Locked, user.LockedUntil, user.FailedAttempts) = (false, null, 0);

    /// <summary>Counts an attempt that failed. The user is told to be locked once too many have.</summary>
    public static void CountFailure(ClerkWorld world, User user)
    {
        var now = world.Clock.NowMilliseconds;
        if (IsOver(user, now))
        {
            Unlock(user);
        }

        user.FailedAttempts++;
        if (user.FailedAttempts >= MostFailures && !Holds(user, now))
        {
            Lock(user, now);
            UserChange.Done(world, user);
        }
    }

    /// <summary>Forgets the attempts that failed, since one did not.</summary>
    public static void Forget(User user) => user.FailedAttempts = 0;

    public static ClerkError Refusal(User user, long now)
    {
        var seconds = SecondsLeft(user, now);
        var again = seconds is null ? "" : $" You will be able to try again in {(seconds + 59) / 60} minutes.";
        return new ClerkError(403, "user_locked", "Account locked", $"Your account is locked.{again} For more information, please contact support.")
        {
            LockoutExpiresInSeconds = seconds,
        };
    }

    private static bool IsOver(User user, long now) => user.Locked && !Holds(user, now);
}
