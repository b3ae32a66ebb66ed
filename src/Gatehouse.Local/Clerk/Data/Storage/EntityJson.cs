using System.Collections;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Gatehouse.Local.Clerk.Data.Storage;

/// <summary>
/// The objects of the instance as they are stored: every property that can be set, by its own name. What is computed is left out, so a
/// type needs nothing to be stored, and a property that is added to it is stored from then on.
/// </summary>
internal static class EntityJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        IncludeFields = true,   // of tuples
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepWhatCanBeSet } },
    };

    public static void Write<T>(Utf8JsonWriter json, T item) => JsonSerializer.Serialize(json, item, Options);

    /// <exception cref="JsonException">The element is not such an object.</exception>
    public static T Read<T>(JsonElement stored) =>
        stored.Deserialize<T>(Options) ?? throw new JsonException($"null is no {typeof(T).Name}");

    private static void KeepWhatCanBeSet(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        for (var index = type.Properties.Count - 1; index >= 0; index--)
        {
            var property = type.Properties[index];
            if (property.Set is not null || property.AttributeProvider is not PropertyInfo declared || IsOfConstructor(declared))
            {
                continue;
            }

            if (declared.SetMethod is not null)
            {
                property.Set = declared.SetValue;   // a setter that only the type itself calls
            }
            else if (declared.PropertyType.IsAssignableTo(typeof(IList)) || declared.PropertyType.IsAssignableTo(typeof(IDictionary)))
            {
                property.ObjectCreationHandling = JsonObjectCreationHandling.Populate;
            }
            else
            {
                type.Properties.RemoveAt(index);
            }
        }
    }

    private static bool IsOfConstructor(PropertyInfo property) => property.DeclaringType!.GetConstructors()
        .Any(constructor => constructor.GetParameters().Any(parameter => parameter.Name == property.Name));
}
