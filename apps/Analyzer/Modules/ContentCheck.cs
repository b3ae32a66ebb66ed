using System.Globalization;
using System.Text.Json;
using Analyzer.Requests;

namespace Analyzer.Modules;

/// <summary>Whether all readers of a content would read the same: no member twice, and no text that is none.</summary>
internal static class ContentCheck
{
    public static void Run(JsonElement content, string name, FaultList faults) => Check(content, [name], faults);

    private static void Check(JsonElement value, string[] path, FaultList faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckMembers(value, path, faults);
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Check(item, [.. path, index.ToString(CultureInfo.InvariantCulture)], faults);
                }

                break;
            case JsonValueKind.String when !IsText(StrictObject.TextOf(value.GetString!)):
                faults.Add("invalid_string", path, "holds a lone surrogate or U+0000");
                break;
            default:
                break;
        }
    }

    private static void CheckMembers(JsonElement value, string[] path, FaultList faults)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (StrictObject.TextOf(() => member.Name) is not { } name || !IsText(name))
            {
                faults.Add("invalid_string", path, "has a name that holds a lone surrogate or U+0000");
                continue;
            }

            if (!seen.Add(name))
            {
                faults.Add("duplicate_key", [.. path, name], "is there more than once");
            }

            Check(member.Value, [.. path, name], faults);
        }
    }

    private static bool IsText(string? text) => text?.Contains('\0', StringComparison.Ordinal) == false;
}
