namespace Gatehouse.Limits;

/// <summary>Whether a call may go on, and what its caller should know of the limit.</summary>
/// <param name="Allowed">Whether it may.</param>
/// <param name="Limit">How many calls the policy admits in one window.</param>
/// <param name="Remaining">How many are left now. Never negative; 0 for a refused call.</param>
/// <param name="ResetAt">When the present window ends, UTC.</param>
public readonly record struct LimitDecision(bool Allowed, long Limit, long Remaining, DateTimeOffset ResetAt);
