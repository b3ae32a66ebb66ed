using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gatehouse.Local.Tests.Shapes;

/// <summary>
/// The facts of version 2026-05-12: what each operation takes and answers (<c>operations.json</c>), and which fields of which types each
/// answer has (<c>types.json</c>: fields that are always there, fields that are sometimes there, and no others).
/// </summary>
public static class ShapeBook
{
    private static readonly JsonObject Types = Load("types.json");

    // Clerk's server clients need it and its document has it not; by its address it could be the operation for one client.
    private const string Unpublished = "/v1/clients/handshake_payload";

    public static IReadOnlyList<ShapedOperation> Operations { get; } =
    [
        .. Load("operations.json").Select(member => ShapedOperation.Read(member.Key, member.Value!.AsObject())),
    ];

    /// <summary>Holds an answer against the operation that its request was for. Requests for no known operation are left alone.</summary>
    public static void Check(string method, string pathAndQuery, Answer answer)
    {
        var path = pathAndQuery.Split('?')[0];
        var isBackend = path.StartsWith("/v1/", StringComparison.Ordinal);
        var operation = ShapedOperation.Find(Operations, method, isBackend ? path[3..] : path);
        if (operation is null || (!isBackend && !operation.IsUnversioned) || path == Unpublished)
        {
            return;
        }

        var faults = new List<string>();
        if (answer.Status is >= 200 and < 300)
        {
            Assert.Equal(operation.Status, answer.Status);
            var paginated = pathAndQuery.Contains("paginated=true", StringComparison.Ordinal);
            Check(paginated ? AsPage(operation.Answer!) : operation.Answer, answer.Body, operation.Name, faults);
        }
        else if (answer.Status != 429 || answer.Body.Length > 0)
        {
            Check("ClerkErrors", answer.Body, $"{operation.Name} {answer.Status}", faults);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static string AsPage(string list) => list.StartsWith("list of ", StringComparison.Ordinal)
        ? $"page of {list["list of ".Length..]}"
        : AsPage(Types[list]!.GetValue<string>());

    private static void Check(string? shape, string body, string where, List<string> faults)
    {
        if (shape is null)
        {
            Assert.Equal("", body);
            return;
        }

        Check(shape, JsonNode.Parse(body), where, faults);
    }

    private static void Check(string shape, JsonNode? value, string where, List<string> faults)
    {
        var alternatives = shape.Split(" or ");
        var tried = alternatives.Select(alternative =>
        {
            var found = new List<string>();
            CheckOne(alternative, value, where, found);
            return found;
        }).ToList();
        if (tried.TrueForAll(found => found.Count > 0))
        {
            faults.AddRange(alternatives.Length == 1 ? tried[0] : [$"{where}: {Short(value)} is not {shape} ({tried.MinBy(found => found.Count)![0]})"]);
        }
    }

    private static void CheckOne(string shape, JsonNode? value, string where, List<string> faults)
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
        else if (Types[shape] is { } type)
        {
            CheckType(type, value, where, faults);
        }
        else if (!IsPrimitive(shape, value))
        {
            faults.Add($"{where}: {Short(value)} is not {shape}");
        }
    }

    private static void CheckList(string shape, JsonArray? items, string where, List<string> faults)
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

    private static void CheckType(JsonNode type, JsonNode? value, string where, List<string> faults)
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

    private static Dictionary<string, (string Shape, bool Always)> FieldsOf(JsonNode type)
    {
        var fields = type["also"] is { } also ? FieldsOf(Types[also.GetValue<string>()]!) : new(StringComparer.Ordinal);
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
            _ => throw new InvalidOperationException($"types.json has no {shape}"),
        };
    }

    private static string Short(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "null";
        return text.Length > 80 ? $"{text[..80]}…" : text;
    }

    private static JsonObject Load(string name)
    {
        using var stream = typeof(ShapeBook).Assembly.GetManifestResourceStream($"Gatehouse.Local.Tests.Shapes.{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded");
        return JsonNode.Parse(stream)!.AsObject();
    }
}
