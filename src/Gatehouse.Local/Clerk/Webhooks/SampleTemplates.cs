using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>What the data of events are made from whose resources this instance does not keep: samples.json.</summary>
internal static class SampleTemplates
{
    private const string Resource = "Gatehouse.Local.Clerk.samples.json";

    private static readonly JsonObject Document = Load();

    /// <summary>The template of an event: its resource, as this event finds it. Null when the file has none.</summary>
    public static JsonObject? Find(string type)
    {
        if (Document["resources"]![type[..type.IndexOf('.', StringComparison.Ordinal)]]?.DeepClone() is not JsonObject template)
        {
            return null;
        }

        foreach (var (name, value) in Document["changes"]![type] as JsonObject ?? [])
        {
            template[name] = value?.DeepClone();
        }

        return template;
    }

    /// <summary>A part that several templates have in common.</summary>
    public static JsonNode? FindPart(string name) => Document["parts"]![name]?.DeepClone();

    private static JsonObject Load()
    {
        using var stream = typeof(SampleTemplates).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        return JsonNode.Parse(stream)!.AsObject();
    }
}
