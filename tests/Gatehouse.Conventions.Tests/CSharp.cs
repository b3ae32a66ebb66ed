using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Gatehouse.Conventions.Tests;

/// <summary>Types as C# writes them, with the question marks of nullable references.</summary>
internal static class CSharp
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Lock Gate = new(); // the context is not safe to share

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(decimal)] = "decimal",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(short)] = "short",
        [typeof(string)] = "string",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(ushort)] = "ushort",
    };

    public static string TypeOf(ParameterInfo parameter) => Annotated(parameter.ParameterType, () => Nullability.Create(parameter));

    public static string TypeOf(PropertyInfo property) => Annotated(property.PropertyType, () => Nullability.Create(property));

    public static string TypeOf(FieldInfo field) => Annotated(field.FieldType, () => Nullability.Create(field));

    public static string TypeOf(EventInfo member) => Annotated(member.EventHandlerType!, () => Nullability.Create(member));

    /// <summary>A type's own name: nested ones after their outer type, generic ones with their parameters.</summary>
    public static string NameOf(Type type) => Name(type, null);

    public static string KindOf(Type type)
    {
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var basis = type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) ? [parent] : Type.EmptyTypes;
        var inherited = basis.Concat(type.GetInterfaces()).SelectMany(above => above.GetInterfaces()).ToHashSet();
        string[] above = [.. basis.Select(NameOf), .. type.GetInterfaces().Where(face => face.IsVisible && !inherited.Contains(face)).Select(NameOf).Order(StringComparer.Ordinal)];
        return above.Length == 0 ? kind : $"{kind}: {string.Join(", ", above)}";
    }

    public static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    public static string DefaultOf(ParameterInfo parameter) =>
        parameter is { RawDefaultValue: null, ParameterType.IsValueType: true } ? "default" : Literal(parameter.RawDefaultValue);

    private static string Annotated(Type type, Func<NullabilityInfo> annotations)
    {
        lock (Gate)
        {
            return Name(type, annotations());
        }
    }

    private static string Name(Type type, NullabilityInfo? annotation)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!, annotation?.ElementType ?? annotation);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value, null) + "?";
        }

        var mark = annotation?.ReadState == NullabilityState.Nullable && !type.IsValueType ? "?" : "";
        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!, annotation?.ElementType)}[]{mark}";
        }

        return (Keywords.GetValueOrDefault(type) ?? Composed(type, annotation)) + mark;
    }

    private static string Composed(Type type, NullabilityInfo? annotation)
    {
        var arguments = type.GetGenericArguments().Select((argument, index) => Name(argument, annotation?.GenericTypeArguments.ElementAtOrDefault(index))).ToList();
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
        {
            return $"({string.Join(", ", arguments)})";
        }

        var name = type.Name.Split('`')[0];
        if (type is { IsNested: true, IsGenericParameter: false })
        {
            name = $"{type.DeclaringType!.Name.Split('`')[0]}.{name}";
        }

        return arguments.Count == 0 ? name : $"{name}<{string.Join(", ", arguments)}>";
    }
}
