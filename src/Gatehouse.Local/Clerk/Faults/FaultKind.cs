namespace Gatehouse.Local.Clerk.Faults;

/// <summary>What goes wrong on purpose.</summary>
internal enum FaultKind
{
    None,
    Close,
    InternalError,
    Unavailable,
    TooManyRequests,
}
