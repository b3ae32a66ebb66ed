using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gatehouse.Local.Tests.Webhooks;

/// <summary>Holds events against the fields and types that Clerk documents for them.</summary>
public static partial class EventShapes
{
    private static readonly JsonObject Document = Load();

    public static IReadOnlyList<string> Types => [.. Document["events"]!.AsObject().Select(member => member.Key)];

    /// <summary>What is wrong with an event; empty when nothing is.</summary>
    public static IReadOnlyList<string> Faults(JsonNode payload)
    {
        var faults = new List<string>();
        var (envelope, type) = (payload.DeepClone().AsObject(), (string)payload["type"]!);
        var data = envelope["data"];
        envelope.Remove("data");
        Check(envelope, "WebhookEventPayload", "event", faults);
        Check(data, (string)Document["events"]![type]!, "data", faults);
        return faults;
    }

    private static void Check(JsonNode? value, string shape, string path, List<string> faults)
    {
        var alternatives = Alternative.Matches(shape).Select(match => match.Value).ToList();
        if (!alternatives.Exists(alternative => Fits(value, alternative, path, out _)))
        {
            var closest = alternatives.Find(alternative => alternative != "null")!;
            Fits(value, closest, path, out var inner);
            faults.AddRange(inner.Count > 0 ? inner : [$"{path}: {value?.ToJsonString() ?? "null"} is no {shape}"]);
        }
    }

    private static bool Fits(JsonNode? value, string shape, string path, out List<string> faults)
    {
        faults = [];
        if (Document["types"]![shape] is JsonObject fields)
        {
            if (value is JsonObject members)
            {
                CheckFields(members, fields, path, faults);
                return faults.Count == 0;
            }

            return false;
        }

        if (shape[0] == '[')
        {
            if (value is not JsonArray items)
            {
                return false;
            }

            foreach (var (index, item) in items.Index())
            {
                Check(item, shape[1..^1], $"{path}[{index}]", faults);
            }

            return faults.Count == 0;
        }

        return FitsScalar(value, shape);
    }

    private static void CheckFields(JsonObject members, JsonObject fields, string path, List<string> faults)
    {
        foreach (var (field, shape) in fields)
        {
            var name = field.TrimStart('?');
            if (members.ContainsKey(name))
            {
                Check(members[name], (string)shape!, $"{path}.{name}", faults);
            }
            else if (field[0] != '?')
            {
                faults.Add($"{path}.{name} is missing");
            }
        }

        faults.AddRange(members
            .Where(member => !fields.ContainsKey(member.Key) && !fields.ContainsKey($"?{member.Key}"))
            .Select(member => $"{path}.{member.Key} is not documented"));
    }

    private static bool FitsScalar(JsonNode? value, string shape)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        var words = shape.Contains('(', StringComparison.Ordinal) ? shape[(shape.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(',') : null;
        return shape.Split('(')[0] switch
        {
            "any" => true,
            "null" => kind == JsonValueKind.Null,
            "string" => kind == JsonValueKind.String && words?.Contains((string)value!) != false,
            "integer" => kind == JsonValueKind.Number && value!.AsValue().TryGetValue<long>(out _),
            "number" => kind == JsonValueKind.Number,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "object" => kind == JsonValueKind.Object,
            _ => throw new InvalidOperationException($"event-shapes.json has no type {shape}."),
        };
    }

    private static JsonObject Load()
    {
        using var stream = typeof(EventShapes).Assembly.GetManifestResourceStream("event-shapes.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    // Names stand beside each other with a bar between them; what is in brackets is of one piece.
    [GeneratedRegex(@"\[[^\]]*\]|[^|(\[]+(?:\([^)]*\))?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Alternative { get; }
}
