using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Gatehouse.Local.Tests.Data;

/// <summary>Objects of any type of ours with a value of its own in every property, so that a property that gets lost is seen.</summary>
internal sealed class Filled
{
    private int _last;

    public object Of(Type type) => type switch
    {
        _ when type == typeof(string) => $"text {++_last}",
        _ when type == typeof(int) => ++_last,
        _ when type == typeof(long) => (long)++_last << 33,
        _ when type == typeof(double) => ++_last + 0.5,
        _ when type == typeof(bool) => true,
        _ when type == typeof(byte[]) => new[] { (byte)++_last, (byte)0 },
        _ when type == typeof(JsonNode) => Of(typeof(JsonObject)),
        _ when type == typeof(JsonObject) => new JsonObject { [$"key{++_last}"] = new JsonArray(1, null, "ü\u2028") },
        _ when type.IsEnum => Enum.GetValues(type).Cast<object>().Last(),
        _ when Nullable.GetUnderlyingType(type) is { } value => Of(value),
        _ when type.IsGenericType && type.IsAssignableTo(typeof(ITuple)) => Activator.CreateInstance(type, [.. type.GetGenericArguments().Select(Of)])!,
        _ when type == typeof(HashSet<string>) => new HashSet<string> { $"text {++_last}", $"text {++_last}" },
        _ when Items(type) is { } item => ListOf(item),
        _ => Object(type),
    };

    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties().Where(property => property.GetIndexParameters().Length == 0)
            .Where(property => property.SetMethod is not null || Items(property.PropertyType) is not null && IsStored(property));

    private object Object(Type type)
    {
        var widest = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
        var made = widest.Invoke([.. widest.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        foreach (var property in Properties(type))
        {
            if (property.SetMethod is null)
            {
                ((IList)property.GetValue(made)!).Add(Of(Items(property.PropertyType)!));
            }
            else if (property.PropertyType == typeof(bool))
            {
                property.SetValue(made, !(bool)property.GetValue(made)!);   // what differs from the default shows that it was kept
            }
            else
            {
                property.SetValue(made, Of(property.PropertyType));
            }
        }

        return made;
    }

    private object ListOf(Type item)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        list.Add(Of(item));
        list.Add(Of(item));
        return list;
    }

    private static bool IsStored(PropertyInfo property) => property.PropertyType.GetGenericTypeDefinition() == typeof(List<>);

    private static Type? Items(Type type) =>
        type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[0] : null;
}
