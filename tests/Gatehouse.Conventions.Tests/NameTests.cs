using System.Reflection;
using System.Text.RegularExpressions;

namespace Gatehouse.Conventions.Tests;

/// <summary>Names say the role, and what is internal stays inside.</summary>
public sealed partial class NameTests
{
    private static readonly List<Assembly> Libraries = [.. Project.Under("src").Where(project => project.IsLibrary).Select(project => project.Assembly)];

    private static readonly List<Type> PublicTypes = [.. Libraries.SelectMany(assembly => assembly.GetExportedTypes())];

    [Fact]
    public void No_public_type_lives_in_an_internal_namespace() =>
        Violations.None(PublicTypes.Where(type => type.Namespace!.Split('.').Contains("Internal")).Select(type => type.FullName!));

    [Fact]
    public void No_file_in_an_internal_folder_declares_a_public_type() =>
        Violations.None(Repository.Under("src", ".cs").Where(file => file.Contains("/Internal/", StringComparison.Ordinal) && PublicDeclaration.IsMatch(Repository.Read(file))));

    [Fact]
    public void Async_methods_end_in_Async() =>
        Violations.None(AsyncMethods().Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal)).Select(FullName));

    [Fact]
    public void Async_methods_take_the_CancellationToken_last() =>
        Violations.None(AsyncMethods().Where(method => !TakesCancellation(method)).Select(FullName));

    [Fact]
    public void Every_options_validator_has_its_options() =>
        Violations.None(
            from type in Libraries.SelectMany(assembly => assembly.GetTypes())
            where type.Name.EndsWith("OptionsValidator", StringComparison.Ordinal)
            where !type.Assembly.GetTypes().Any(options => options.Name == type.Name[..^"Validator".Length])
            select type.FullName);

    [Fact]
    public void Every_test_file_has_a_test() =>
        Violations.None(Repository.Under("tests", "Tests.cs").Where(file => !Test.IsMatch(Repository.Read(file))));

    [Fact]
    public void Every_counted_suite_is_in_the_table_and_every_entry_is_used()
    {
        var used = Repository.Under("tests", ".cs").SelectMany(file => Counted.Matches(Repository.Read(file))).Select(match => match.Groups["name"].Value).ToHashSet();
        Assert.Equal(used.Order(), Testbed.Counts.Names.Order());
    }

    private static IEnumerable<MethodInfo> AsyncMethods() =>
        PublicTypes
            .Where(type => type.BaseType != typeof(MulticastDelegate))
            .SelectMany(PublicApi.MethodsOf)
            .Where(method => IsAwaitable(method.ReturnType) && !IsGivenByOthers(method));

    private static bool IsAwaitable(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition == typeof(Task) || definition == typeof(Task<>) || definition == typeof(ValueTask) || definition == typeof(ValueTask<>)
            || definition == typeof(IAsyncEnumerable<>);
    }

    // A request carries its own cancellation.
    private static bool TakesCancellation(MethodInfo method) =>
        method.GetParameters().LastOrDefault()?.ParameterType == typeof(CancellationToken)
        || method.GetParameters().Any(parameter => parameter.ParameterType.Name == "HttpContext");

    private static bool IsGivenByOthers(MethodInfo method)
    {
        var type = method.DeclaringType!;
        var overrides = !Libraries.Contains(method.GetBaseDefinition().DeclaringType!.Assembly);
        return overrides || (!type.IsInterface && type.GetInterfaces()
            .Where(contract => !Libraries.Contains(contract.Assembly))
            .Any(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(method)));
    }

    private static string FullName(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";

    [GeneratedRegex(@"^public .*\b(?:class|record|struct|interface|enum|delegate)\b", RegexOptions.Multiline)]
    private static partial Regex PublicDeclaration { get; }

    [GeneratedRegex(@"\[(?:Fact|Theory)\b|: \w+(?:Conformance|Suite)\b")]
    private static partial Regex Test { get; }

    [GeneratedRegex(@"\bCounts\.Of\(""(?<name>[^""]+)""\)")]
    private static partial Regex Counted { get; }
}
