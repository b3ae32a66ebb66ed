namespace Gatehouse.Local.Clerk.Http;

/// <summary>A stretch of a list.</summary>
internal sealed record Page(int Limit, int Offset)
{
    public IEnumerable<T> Of<T>(IEnumerable<T> items) => items.Skip(Offset).Take(Limit);
}
