using System.Text.Json;

namespace Gatehouse.Local.Clerk.Data.Storage;

/// <summary>One family of what an instance holds, as it stands in a snapshot or a data file.</summary>
/// <param name="Property">The property of <see cref="ClerkData"/> that it is of. A test asks that every property has a section.</param>
/// <param name="Name">The member that it is written as.</param>
/// <param name="Type">What each element is. A test asks that every property of it survives.</param>
/// <param name="Write">Writes the member's value.</param>
/// <param name="Read">Adds what was written to data that have none of it yet.</param>
internal sealed record DataSection(
    string Property,
    string Name,
    Type Type,
    Action<Utf8JsonWriter, ClerkData> Write,
    Action<JsonElement, ClerkData> Read)
{
    /// <summary>Makes room for what is read, where new data do not begin with nothing.</summary>
    public Action<ClerkData>? Prepare { get; init; }

    /// <summary>A family whose members are objects of one type. All their properties that can be set are kept, new ones too.</summary>
    public static DataSection Of<T>(string property, string name, Func<ClerkData, IEnumerable<T>> all, Action<ClerkData, T> add) => new(
        property,
        name,
        typeof(T),
        (json, data) =>
        {
            json.WriteStartArray();
            foreach (var item in all(data))
            {
                EntityJson.Write(json, item);
            }

            json.WriteEndArray();
        },
        (stored, data) =>
        {
            foreach (var item in stored.EnumerateArray())
            {
                add(data, EntityJson.Read<T>(item));
            }
        });
}
