using System.Text.Json;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Roles;

/// <summary>The list of roles and that of permissions: searched, ordered and paged alike.</summary>
internal static class KeyedList
{
    public static ClerkAnswer Answer<T>(ClerkCall call, IEnumerable<T> all, Action<Utf8JsonWriter, T> write)
        where T : IKeyed
    {
        var search = call.Query.Text("query");
        var ordering = call.Query.Ordering("-created_at", "created_at", "name", "key");
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var found = all.Where(item => Matches(item, search)).ToList();
        var ordered = ordering.Field switch
        {
            "name" => ordering.Of(found, item => item.Name.ToLowerInvariant(), item => item.Id),
            "key" => ordering.Of(found, item => item.Key, item => item.Id),
            _ => ordering.Of(found, item => item.CreatedAt, item => item.Id),
        };
        return ClerkAnswer.Ok(json => ListJson.WritePage(json, page.Of(ordered), found.Count, write));
    }

    private static bool Matches(IKeyed item, string? search) =>
        string.IsNullOrEmpty(search)
        || item.Id == search
        || item.Name.Contains(search, StringComparison.OrdinalIgnoreCase)
        || item.Key.Contains(search, StringComparison.OrdinalIgnoreCase);
}
