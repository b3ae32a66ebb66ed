namespace Gatehouse.Host.Tokens.Inspection;

internal enum StepState
{
    /// <summary>Nobody asked for it, or there was nothing to ask with.</summary>
    NotLookedAt,

    Met,

    Refused,
}
