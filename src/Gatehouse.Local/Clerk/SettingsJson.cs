using System.Globalization;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Http;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Local.Clerk;

/// <summary>A part of configuration as the JSON that the control surface would take, so that one reader serves both.</summary>
internal static class SettingsJson
{
    public static JsonObject Object(IConfigurationSection section) =>
        new(section.GetChildren().Select(child => KeyValuePair.Create(child.Key.ToLowerInvariant(), Value(child))));

    /// <summary>The numbered members of a section, each to be read as an object.</summary>
    public static IReadOnlyList<FormReader> Items(IConfigurationSection section) =>
        [.. section.GetChildren().Select(child => new FormReader(Value(child) as JsonObject ?? []))];

    private static JsonNode? Value(IConfigurationSection section)
    {
        if (section.Value is not { } text)
        {
            return section.GetChildren().All(child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                ? new JsonArray([.. section.GetChildren().Select(Value)])
                : Object(section);
        }

        return text switch
        {
            _ when bool.TryParse(text, out var flag) => flag,
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
            _ => text,
        };
    }
}
