namespace Gatehouse.Limits;

/// <summary>Whether a call may go on, and what its caller should know of the limit.</summary>
/// <param name="Allowed">Whether it may.</param>
/// <param name="Limit">How many calls the policy admits in one window, or how many tokens its bucket holds.</param>
/// <param name="Remaining">How many are left now. Never negative; 0 for a refused call.</param>
/// <param name="ResetAt">When the present window ends, or the bucket gets its next tokens, UTC.</param>
public readonly record struct LimitDecision(bool Allowed, long Limit, long Remaining, DateTimeOffset ResetAt)
{
    private readonly DateTimeOffset _retryAt;

    /// <summary>From when on a refused call would be allowed, if nobody else calls until then.</summary>
    /// <value><see cref="ResetAt"/>, unless the store knows better.</value>
    public DateTimeOffset RetryAt
    {
        get => _retryAt == default ? ResetAt : _retryAt;
        init => _retryAt = value;
    }
}
