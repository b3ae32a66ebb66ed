using System.Globalization;
using System.Text.Json;

namespace Gatehouse.Host.Tokens.Inspection;

/// <summary>A time claim as a date, and how far away it is.</summary>
internal static class TimeWords
{
    private const long LastSecond = 253402300799;

    public static string Of(string what, JsonElement value, DateTimeOffset now) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= LastSecond
            ? $"when {what}: {Date(DateTimeOffset.FromUnixTimeSeconds(seconds))}, {Away(seconds - now.ToUnixTimeSeconds())}"
            : $"when {what}; not a whole number of seconds, so refused";

    private static string Date(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Away(long seconds) => seconds switch
    {
        0 => "now",
        > 0 => $"in {Length(seconds)}",
        _ => $"{Length(-seconds)} ago",
    };

    private static string Length(long seconds) => seconds switch
    {
        < 120 => $"{seconds} s",
        < 2 * 3600 => $"{seconds / 60} min",
        < 2 * 86_400 => $"{seconds / 3600} h",
        _ => $"{seconds / 86_400} days",
    };
}
