namespace Gatehouse.Local.Clerk.Users;

/// <summary>What comes of a password that somebody gave for a user's. Zero lets nobody in.</summary>
internal enum PasswordVerdict
{
    Incorrect,

    /// <summary>The user has no password.</summary>
    NotSet,

    /// <summary>The user is locked out: nothing was compared.</summary>
    Locked,

    /// <summary>It is the user's, and known to others: it proves nothing, and a new one must be set.</summary>
    Compromised,

    Correct,
}
