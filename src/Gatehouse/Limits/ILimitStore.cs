namespace Gatehouse.Limits;

/// <summary>Where the counters are kept: in this process, or where several processes share them.</summary>
public interface ILimitStore
{
    /// <summary>Counts one call, unless it goes beyond the limit: a refused call costs nothing.</summary>
    /// <param name="policy">The limit.</param>
    /// <param name="key">Whose call it is. Hostile text where it comes from an address or a token.</param>
    /// <param name="cancellationToken">Ends the wait for a shared store.</param>
    /// <exception cref="Exception">The store cannot be reached. What then happens is its caller's policy to say.</exception>
    ValueTask<LimitDecision> TakeAsync(LimitPolicy policy, string key, CancellationToken cancellationToken);
}
