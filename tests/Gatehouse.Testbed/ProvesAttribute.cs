using Xunit.v3;

namespace Gatehouse.Testbed;

/// <summary>Names the requirements that a test proves; the table in docs/requirements.md is made from it.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = false)]
public sealed class ProvesAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Ids { get; } = ids;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. Ids.Select(id => KeyValuePair.Create("Proves", id))];
}
