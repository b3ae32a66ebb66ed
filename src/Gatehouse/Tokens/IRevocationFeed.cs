namespace Gatehouse.Tokens;

/// <summary>Where a process hears of revocations: a store, or another process over HTTP.</summary>
public interface IRevocationFeed
{
    /// <summary>Reads the feed from its beginning, then waits for what comes.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// News, and a sign of life (<see cref="RevocationNews.IsHeartbeat"/>) at least every ten seconds. It ends or throws when the feed
    /// breaks off; the reader then starts anew, and counts the silence meanwhile.
    /// </returns>
    IAsyncEnumerable<RevocationNews> ReadAsync(CancellationToken cancellationToken);
}
