namespace Gatehouse.AspNetCore.Operators.Internal;

/// <summary>Zero denies, so that a forgotten assignment does.</summary>
internal enum OperatorVerdict
{
    Denied = 0,

    Granted,

    /// <summary>Allowed, but not before proving anew who it is.</summary>
    NeedsVerification,

    /// <summary>Nobody can say just now what the caller's role is.</summary>
    RoleUnknown,

    /// <summary>Nobody can say just now what was revoked.</summary>
    RevocationsStale,
}
