using System.Runtime.CompilerServices;

namespace Gatehouse.Clerk.Api.Internal;

/// <summary>Walks a list that is given in pages by offset.</summary>
internal static class Paging
{
    /// <param name="fetch">Gives the page at an offset, and how many there are in all.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public static async IAsyncEnumerable<T> WalkAsync<T>(
        Func<int, CancellationToken, Task<(IReadOnlyList<T> Items, int Total)>> fetch,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var offset = 0;
        while (true)
        {
            var (items, total) = await fetch(offset, cancellationToken).ConfigureAwait(false);
            foreach (var item in items)
            {
                yield return item;
            }

            offset += items.Count;
            if (items.Count == 0 || offset >= total)
            {
                yield break;
            }
        }
    }
}
