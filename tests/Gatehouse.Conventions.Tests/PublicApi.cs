using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Gatehouse.Conventions.Tests;

/// <summary>What an assembly shows to others, as sorted text with a member a line.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) =>
        string.Concat(assembly.GetExportedTypes().SelectMany(LinesOf).Order(StringComparer.Ordinal).Select(line => line + "\n"));

    public static IEnumerable<MethodInfo> MethodsOf(Type type) =>
        type.GetMethods(Declared).Where(method => IsVisible(method) && !method.IsSpecialName && !IsGenerated(method));

    public static IEnumerable<string> LinesOf(Type type)
    {
        var name = $"{type.Namespace}.{CSharp.NameOf(type)}";
        return type switch
        {
            { IsEnum: true } => EnumLines(type, name),
            _ when type.BaseType == typeof(MulticastDelegate) => [$"{name}{Signature(type.GetMethod("Invoke")!)} (delegate)"],
            _ => [$"{name} ({CSharp.KindOf(type)})", .. MemberLines(type).Select(member => $"{name}.{member}")],
        };
    }

    private static IEnumerable<string> EnumLines(Type type, string name) =>
        Enum.GetNames(type).Select(member => $"{name}.{member} = {Convert.ToInt64(Enum.Parse(type, member), CultureInfo.InvariantCulture)}").Prepend($"{name} (enum)");

    private static IEnumerable<string> MemberLines(Type type) =>
    [
        .. type.GetConstructors(Declared).Where(constructor => IsVisible(constructor) && !IsGenerated(constructor)).Select(constructor => $"new{Parameters(constructor)}"),
        .. type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly).Select(Field),
        .. type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible) && property.Name != "EqualityContract").Select(Property),
        .. type.GetEvents(Declared).Where(member => IsVisible(member.AddMethod!)).Select(member => $"{member.Name}: {CSharp.TypeOf(member)} (event)"),
        .. type.GetMethods(Declared).Where(method => method.Name.StartsWith("op_", StringComparison.Ordinal) && !IsGenerated(method)).Select(Method),
        .. MethodsOf(type).Select(Method),
    ];

    private static string Field(FieldInfo field) =>
        field.IsLiteral
            ? $"{field.Name}: {CSharp.TypeOf(field)} = {CSharp.Literal(field.GetRawConstantValue())} (const)"
            : $"{field.Name}: {CSharp.TypeOf(field)}{Traits((field.IsStatic, "static"), (field.IsInitOnly, "readonly"))}";

    private static string Property(PropertyInfo property)
    {
        var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";
        var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToList();
        var set = accessors.SingleOrDefault(accessor => accessor == property.SetMethod);
        var init = set?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var shape = (accessors.Contains(property.GetMethod!) ? "get; " : "") + (set is null ? "" : init ? "init; " : "set; ");
        return $"{property.Name}{index}: {CSharp.TypeOf(property)} {{ {shape}}}" +
            Traits((accessors[0].IsStatic, "static"), (property.IsDefined(typeof(RequiredMemberAttribute)), "required"), (accessors[0].IsAbstract, "abstract"));
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(CSharp.NameOf))}>" : "";
        var overriding = method.GetBaseDefinition() != method;
        return method.Name + generic + Signature(method) + Traits(
            (method.IsStatic, "static"),
            (method.IsFamily || method.IsFamilyOrAssembly, "protected"),
            (method.IsAbstract && !method.DeclaringType!.IsInterface, "abstract"),
            (overriding, "override"),
            (method.IsVirtual && !method.IsAbstract && !method.IsFinal && !overriding, "virtual"));
    }

    private static string Signature(MethodInfo method) => $"{Parameters(method)}: {CSharp.TypeOf(method.ReturnParameter)}";

    private static string Parameters(MethodBase method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"({extension}{string.Join(", ", method.GetParameters().Select(Parameter))})";
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var passing = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        return $"{passing}{CSharp.TypeOf(parameter)} {parameter.Name}" + (parameter.HasDefaultValue ? $" = {CSharp.DefaultOf(parameter)}" : "");
    }

    private static string Traits(params (bool Has, string Name)[] traits)
    {
        var named = traits.Where(trait => trait.Has).Select(trait => trait.Name).ToList();
        return named.Count == 0 ? "" : $" ({string.Join(", ", named)})";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // What the compiler writes for records is no decision of ours.
    private static bool IsGenerated(MethodBase method) => method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.Name.Contains('<', StringComparison.Ordinal);
}
