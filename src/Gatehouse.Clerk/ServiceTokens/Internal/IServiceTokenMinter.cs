namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>Makes one token. Keeps nothing; any exception means that there is none.</summary>
internal interface IServiceTokenMinter
{
    /// <param name="asked">When the token was asked for: its life is counted from here.</param>
    /// <param name="cancellationToken">The time that is left for it.</param>
    Task<MintedToken> MintAsync(DateTimeOffset asked, CancellationToken cancellationToken);
}
