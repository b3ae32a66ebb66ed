using System.Buffers;

namespace ShtetlZmanim.External;

/// <summary>Time zones by the names of IANA's database, and by no other: neither Windows' names nor files that lie beside the zones.</summary>
internal static class IanaZone
{
    private const int LongestName = 64;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");

    public static TimeZoneInfo? Find(string id)
    {
        if (id == "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        return IsName(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId && string.Equals(zone.Id, id, StringComparison.Ordinal)
            ? zone
            : null;
    }

    // A capital first: the files beside the zones have none, nor the folder of zones that count leap seconds. "Factory" says that nobody has set the clock.
    private static bool IsName(string id) =>
        id.Length is > 1 and <= LongestName
        && char.IsAsciiLetterUpper(id[0])
        && !id.AsSpan().ContainsAnyExcept(Letters)
        && !string.Equals(id, "Factory", StringComparison.Ordinal);
}
