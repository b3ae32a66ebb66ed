namespace Gatehouse.Local.Clerk.Http;

/// <summary>What a list is ordered by. Equal values fall back to the id, so that pages never overlap.</summary>
internal sealed record Ordering(string Field, bool Descending)
{
    public IEnumerable<T> Of<T, TKey>(IEnumerable<T> items, Func<T, TKey> key, Func<T, string> id) => Descending
        ? items.OrderByDescending(key).ThenByDescending(id, StringComparer.Ordinal)
        : items.OrderBy(key).ThenBy(id, StringComparer.Ordinal);
}
