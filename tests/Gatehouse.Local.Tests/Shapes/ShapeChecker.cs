using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gatehouse.Local.Tests.Shapes;

/// <summary>Holds JSON against shapes, which are written in words: <c>list of X</c>, <c>page of X</c>, <c>X or null</c>, a type's name.</summary>
public sealed class ShapeChecker(JsonObject types)
{
    /// <summary>What is wrong with a body; null stands for no body at all.</summary>
    public IReadOnlyList<string> Faults(string? shape, string body, string where)
    {
        var faults = new List<string>();
        if (shape is null)
        {
            Assert.Equal("", body);
        }
        else
        {
            Check(shape, JsonNode.Parse(body), where, faults);
        }

        return faults;
    }

    /// <summary>A list's shape as it is when it comes in pages.</summary>
    public string AsPage(string list) => list.StartsWith("list of ", StringComparison.Ordinal)
        ? $"page of {list["list of ".Length..]}"
        : AsPage(types[list]!.GetValue<string>());

    private void Check(string shape, JsonNode? value, string where, List<string> faults)
    {
        // What is there is not told that it is not null: the other alternatives say what is wrong with it.
        var alternatives = shape.Split(" or ").Where(alternative => value is null || alternative != "null").ToList();
        var tried = alternatives.ConvertAll(alternative =>
        {
            var found = new List<string>();
            CheckOne(alternative, value, where, found);
            return found;
        });
        if (tried.TrueForAll(found => found.Count > 0))
        {
            faults.AddRange(alternatives.Count == 1 ? tried[0] : [$"{where}: {Short(value)} is not {shape} ({tried.MinBy(found => found.Count)![0]})"]);
        }
    }

    private void CheckOne(string shape, JsonNode? value, string where, List<string> faults)
    {
        if (shape.StartsWith("list of ", StringComparison.Ordinal))
        {
            CheckList(shape["list of ".Length..], value as JsonArray, where, faults);
        }
        else if (shape.StartsWith("page of ", StringComparison.Ordinal))
        {
            CheckList(shape["page of ".Length..], value?["data"] as JsonArray, where, faults);
            CheckOne("integer", value?["total_count"], $"{where}.total_count", faults);
        }
        else if (types[shape] is { } type)
        {
            CheckType(type, value, where, faults);
        }
        else if (!IsPrimitive(shape, value))
        {
            faults.Add($"{where}: {Short(value)} is not {shape}");
        }
    }

    private void CheckList(string shape, JsonArray? items, string where, List<string> faults)
    {
        if (items is null)
        {
            faults.Add($"{where}: not a list");
            return;
        }

        for (var index = 0; index < items.Count; index++)
        {
            Check(shape, items[index], $"{where}[{index}]", faults);
        }
    }

    private void CheckType(JsonNode type, JsonNode? value, string where, List<string> faults)
    {
        if (type is JsonValue alias)
        {
            Check(alias.GetValue<string>(), value, where, faults);
            return;
        }

        if (value is not JsonObject members)
        {
            faults.Add($"{where}: {Short(value)} is not an object");
            return;
        }

        var fields = FieldsOf(type);
        foreach (var (name, (shape, always)) in fields)
        {
            if (members.ContainsKey(name))
            {
                Check(shape, members[name], $"{where}.{name}", faults);
            }
            else if (always)
            {
                faults.Add($"{where}.{name} is missing");
            }
        }

        faults.AddRange(members.Select(member => member.Key).Where(name => !fields.ContainsKey(name)).Select(name => $"{where}.{name} is not in the version"));
    }

    private Dictionary<string, (string Shape, bool Always)> FieldsOf(JsonNode type)
    {
        var fields = type["also"] is { } also ? FieldsOf(types[also.GetValue<string>()]!) : new(StringComparer.Ordinal);
        foreach (var (kind, always) in new[] { ("always", true), ("sometimes", false) })
        {
            foreach (var (name, shape) in type[kind]?.AsObject() ?? [])
            {
                fields[name] = (shape!.GetValue<string>(), always);
            }
        }

        return fields;
    }

    private static bool IsPrimitive(string shape, JsonNode? value)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        return shape switch
        {
            "any" => true,
            "null" => kind == JsonValueKind.Null,
            "string" => kind == JsonValueKind.String,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "true" => kind == JsonValueKind.True,
            "false" => kind == JsonValueKind.False,
            "object" => kind == JsonValueKind.Object,
            "number" => kind == JsonValueKind.Number,
            "integer" => kind == JsonValueKind.Number && long.TryParse(value!.ToJsonString(), CultureInfo.InvariantCulture, out _),
            ['\'', .. var word, '\''] => kind == JsonValueKind.String && value!.GetValue<string>() == word,
            _ => throw new InvalidOperationException($"no type is called {shape}"),
        };
    }

    private static string Short(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "null";
        return text.Length > 80 ? $"{text[..80]}…" : text;
    }
}
