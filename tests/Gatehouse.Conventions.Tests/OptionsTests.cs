using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Gatehouse.Conventions.Tests;

/// <summary>A setting that is written in the configuration takes effect.</summary>
public sealed partial class OptionsTests
{
    private static readonly List<Assembly> Ours = [.. Project.Under("src").Concat(Project.Under("apps")).Select(project => project.Assembly)];

    private static readonly List<Type> Bound = [.. FindBound()];

    [Fact]
    public void Options_that_are_read_from_the_configuration_are_found() =>
        Assert.Superset(
            new HashSet<string>(["AccessOptions", "ClerkOptions", "EntranceOptions", "OpaqueTokenOptions", "OperatorOptions", "RevocationOptions"]),
            Bound.Select(type => type.Name).ToHashSet());

    // The binder passes over them without a word.
    [Fact]
    public void No_options_that_are_read_from_the_configuration_have_members_that_are_set_once_only() =>
        Violations.None(
            from type in Bound.SelectMany(WithParts).Distinct()
            from property in type.GetProperties()
            where property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true
            select $"{type.FullName}.{property.Name}");

    // Only what the binder fills: code that reads the configuration by hand passes over nothing without saying so.
    private static IEnumerable<Type> FindBound()
    {
        var names = Repository.Under("src", ".cs").Concat(Repository.Under("apps", ".cs"))
            .SelectMany(file => Binding.Matches(Repository.Read(file)))
            .Select(match => match.Groups["options"].Value)
            .ToHashSet();
        return Ours.SelectMany(assembly => assembly.GetTypes()).Where(type => names.Contains(type.Name));
    }

    // What an options type holds is bound with it: objects, and objects in lists and tables.
    private static IEnumerable<Type> WithParts(Type type) =>
        type.GetProperties()
            .SelectMany(property => property.PropertyType.GetGenericArguments().Append(property.PropertyType))
            .Where(part => part.IsClass && part != type && Ours.Contains(part.Assembly))
            .SelectMany(WithParts)
            .Prepend(type);

    [GeneratedRegex(@"AddOptions(?:WithValidateOnStart)?<(?<options>\w+)[^;]*?\bBind\w*\(|\bOptionsBuilder<(?<options>\w+)>|: I(?:Post)?Configure(?:Named)?Options<(?<options>\w+)>[\s\S]*?\bBind\(")]
    private static partial Regex Binding { get; }
}
