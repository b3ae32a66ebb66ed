using System.Text.Json;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>The two shapes that Clerk's lists have.</summary>
internal static class ListJson
{
    public static void WriteArray<T>(Utf8JsonWriter json, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }

    public static void WriteTexts(Utf8JsonWriter json, IEnumerable<string> texts) =>
        WriteArray(json, texts, static (inner, text) => inner.WriteStringValue(text));

    /// <summary>A page with the count of all, under Clerk's usual name or a family's own.</summary>
    public static void WritePage<T>(
        Utf8JsonWriter json,
        IEnumerable<T> items,
        int total,
        Action<Utf8JsonWriter, T> write,
        string name = "data")
    {
        json.WriteStartObject();
        json.WritePropertyName(name);
        WriteArray(json, items, write);
        json.WriteNumber("total_count", total);
        json.WriteEndObject();
    }

    public static ClerkAnswer Deleted(string type, string id, string? slug = null) =>
        ClerkAnswer.Ok(json => WriteDeleted(json, type, id, slug));

    /// <summary>What is left to tell of something deleted.</summary>
    public static void WriteDeleted(Utf8JsonWriter json, string type, string id, string? slug = null)
    {
        json.WriteStartObject();
        json.WriteString("object", type);
        json.WriteString("id", id);
        if (slug is not null)
        {
            json.WriteString("slug", slug);
        }

        json.WriteBoolean("deleted", true);
        json.WriteEndObject();
    }
}
