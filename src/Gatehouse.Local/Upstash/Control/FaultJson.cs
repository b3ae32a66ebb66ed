using System.Text.Json;

namespace Gatehouse.Local.Upstash.Control;

/// <summary>Faults as the control surface takes and tells them. A member that is not given goes back to its default.</summary>
internal static class FaultJson
{
    /// <summary>Reads them; null with the reason when anything is wrong.</summary>
    public static (FaultSettings? Settings, string? Reason) Read(JsonElement body)
    {
        try
        {
            return (ReadAll(body), null);
        }
        catch (FormatException wrong)
        {
            return (null, wrong.Message);
        }
    }

    public static void Write(Utf8JsonWriter json, FaultSettings settings)
    {
        json.WriteStartObject();
        json.WriteNumber("seed", settings.Seed);
        json.WriteStartObject("api");
        json.WriteNumber("status_429", settings.Status429);
        json.WriteNumber("status_5xx", settings.Status5xx);
        json.WriteNumber("delay_ms", settings.DelayMilliseconds);
        json.WriteNumber("close", settings.Close);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static FaultSettings ReadAll(JsonElement body)
    {
        var settings = FaultSettings.None;
        foreach (var member in Members(body, "the body"))
        {
            settings = member.Name switch
            {
                "seed" => settings with { Seed = Whole(member, int.MaxValue) },
                "api" => Members(member.Value, "api").Aggregate(settings, With),
                _ => throw new FormatException($"{member.Name} is unknown: seed and api are known"),
            };
        }

        return settings;
    }

    private static FaultSettings With(FaultSettings settings, JsonProperty member) => member.Name switch
    {
        "status_429" => settings with { Status429 = Rate(member) },
        "status_5xx" => settings with { Status5xx = Rate(member) },
        "delay_ms" => settings with { DelayMilliseconds = Whole(member, FaultSettings.MaximumDelayMilliseconds) },
        "close" => settings with { Close = Rate(member) },
        _ => throw new FormatException($"api.{member.Name} is unknown: status_429, status_5xx, delay_ms and close are known"),
    };

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : throw new FormatException($"{name} must be an object");

    private static double Rate(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDouble(out var rate) && rate is >= 0 and <= 1
            ? rate
            : throw new FormatException($"{member.Name} must be a number from 0 to 1");

    private static int Whole(JsonProperty member, int most) =>
        member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var number) && number >= 0 && number <= most
            ? number
            : throw new FormatException($"{member.Name} must be a whole number from 0 to {most}");
}
