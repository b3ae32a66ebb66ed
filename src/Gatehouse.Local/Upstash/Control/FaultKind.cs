namespace Gatehouse.Local.Upstash.Control;

/// <summary>What goes wrong on purpose.</summary>
internal enum FaultKind
{
    None,
    Close,
    InternalError,
    Unavailable,
    TooManyRequests,
}
