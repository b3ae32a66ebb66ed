namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>Makes one token. Keeps none; any exception means that there is none.</summary>
internal interface IServiceTokenMinter
{
    /// <param name="asked">When the token was asked for: its life is counted from here.</param>
    /// <param name="cancellationToken">The time that is left for it.</param>
    Task<MintedToken> MintAsync(DateTimeOffset asked, CancellationToken cancellationToken);

    /// <summary>What was minted so far was refused, or is to be forgotten: the next token shares nothing with it.</summary>
    /// <remarks>Must not throw and must not wait.</remarks>
    void Forget();
}
