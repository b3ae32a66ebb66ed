namespace Gatehouse.Limits;

/// <summary>Where the counters are kept: in this process, or where several processes share them.</summary>
/// <remarks>
/// Every store decides by the arithmetic of <see cref="LimitArithmetic"/> (docs/limits.md). One that needs to ask nobody answers with a
/// completed <see cref="ValueTask{TResult}"/> and allocates nothing.
/// </remarks>
public interface ILimitStore
{
    /// <summary>Counts one call against a policy.</summary>
    /// <param name="policy">The limit: its algorithm, limit, window and refill.</param>
    /// <param name="key">Whose call it is. Hostile text where it comes from an address or a token.</param>
    /// <param name="cost">How many calls it counts as. 1 or more.</param>
    /// <param name="cancellationToken">Ends the wait for a shared store.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cost is below 1 or above 1,000,000,000.</exception>
    /// <exception cref="Exception">The store cannot be reached. What then happens is its caller's policy to say.</exception>
    ValueTask<LimitDecision> TakeAsync(LimitPolicy policy, string key, int cost, CancellationToken cancellationToken);
}
