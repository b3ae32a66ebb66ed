namespace Gatehouse.Clerk.ServiceTokens;

/// <summary>The token with which this service calls another one. One source for each service that is called.</summary>
/// <remarks>Safe for any number of threads: however many ask at once, one token is minted.</remarks>
public interface IServiceTokenSource
{
    /// <summary>A token that is good for a while, at hand or newly minted.</summary>
    /// <param name="cancellationToken">Ends the wait of this caller; a minting that others wait for goes on.</param>
    /// <exception cref="ServiceTokenException">No token can be had. It is logged, and the next caller tries anew.</exception>
    ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>Drops exactly this token, because the called service refused it. Another one that came since stays.</summary>
    /// <remarks>
    /// A token that came within <see cref="ServiceTokenDefaults.DropCooldown"/> of the last drop stays too: a service that refuses every
    /// token would otherwise have one minted for each request, and minting is billed.
    /// </remarks>
    void Invalidate(string token);

    /// <summary>Forgets whatever is at hand. A minting in progress still answers those who wait for it, and is not kept.</summary>
    void Clear();
}
