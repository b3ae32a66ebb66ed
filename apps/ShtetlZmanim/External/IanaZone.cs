using System.Text.RegularExpressions;

namespace ShtetlZmanim.External;

/// <summary>Time zones by the names of IANA's database, and by no other: neither Windows' names nor files that lie beside the zones.</summary>
internal static partial class IanaZone
{
    public static TimeZoneInfo? Find(string id)
    {
        if (id == "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        return Name.IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId && string.Equals(zone.Id, id, StringComparison.Ordinal)
            ? zone
            : null;
    }

    // A capital first: the files beside the zones have none. "Factory" is one, and says that nobody has set the clock.
    [GeneratedRegex(@"\A(?!Factory\z)[A-Z][A-Za-z0-9_+\-]{1,30}(?:/[A-Za-z0-9_+\-]{1,30}){0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name { get; }
}
