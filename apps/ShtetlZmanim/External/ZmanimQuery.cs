using System.Globalization;
using ShtetlZmanim.Zmanim;

namespace ShtetlZmanim.External;

/// <summary>What day is asked for, and where. Every parameter is known, comes once, and means what it says: guesses would be wrong times.</summary>
internal sealed record ZmanimQuery(Place Place, DateOnly Date, TimeZoneInfo Zone)
{
    public const string Latitude = "latitude";
    public const string Longitude = "longitude";
    public const string DateName = "date";
    public const string Elevation = "elevation";
    public const string Timezone = "timezone";

    public const double HighestElevation = 9000;

    // An address full of parameters must not make an answer that is much longer.
    private const int MaximumUnknown = 10;

    private static readonly string[] Known = [Latitude, Longitude, DateName, Elevation, Timezone];

    /// <returns>Null if there are faults.</returns>
    public static ZmanimQuery? Read(IQueryCollection query, List<RequestFault> faults)
    {
        // The collection takes names in any case for the same; this API does not.
        foreach (var name in query.Keys.Where(name => !Known.Contains(name, StringComparer.Ordinal)).Take(MaximumUnknown))
        {
            faults.Add(new RequestFault("unknown", name, $"is no parameter: {string.Join(", ", Known)} are"));
        }

        var latitude = ReadNumber(query, Latitude, -90, 90, null, faults);
        var longitude = ReadNumber(query, Longitude, -180, 180, null, faults);
        var elevation = ReadNumber(query, Elevation, 0, HighestElevation, 0, faults);
        var date = ReadDate(query, faults);
        var zone = ReadZone(query, faults);
        return faults.Count == 0 ? new ZmanimQuery(new Place(latitude, longitude, elevation), date, zone) : null;
    }

    private static double ReadNumber(IQueryCollection query, string name, double least, double most, double? absent, List<RequestFault> faults)
    {
        if (FindText(query, name, absent is null, faults) is not { } text)
        {
            return absent ?? 0;
        }

        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most)
        {
            return number + 0.0;   // not -0
        }

        faults.Add(new RequestFault("invalid", name, $"must be a decimal number from {least} to {most}"));
        return 0;
    }

    private static DateOnly ReadDate(IQueryCollection query, List<RequestFault> faults)
    {
        if (FindText(query, DateName, required: true, faults) is not { } text)
        {
            return default;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date >= CivilDay.First
            && date <= CivilDay.Last)
        {
            return date;
        }

        faults.Add(new RequestFault("invalid", DateName, $"must be a date of the form YYYY-MM-DD, from {CivilDay.First:yyyy-MM-dd} to {CivilDay.Last:yyyy-MM-dd}"));
        return default;
    }

    private static TimeZoneInfo ReadZone(IQueryCollection query, List<RequestFault> faults)
    {
        if (FindText(query, Timezone, required: false, faults) is not { } text)
        {
            return TimeZoneInfo.Utc;
        }

        if (IanaZone.Find(text) is { } zone)
        {
            return zone;
        }

        faults.Add(new RequestFault("invalid", Timezone, "must be the name of a time zone in IANA's database, such as Asia/Jerusalem"));
        return TimeZoneInfo.Utc;
    }

    private static string? FindText(IQueryCollection query, string name, bool required, List<RequestFault> faults)
    {
        var values = query[name];
        if (values.Count == 1)
        {
            return values[0] ?? "";
        }

        if (values.Count > 1)
        {
            faults.Add(new RequestFault("repeated", name, "comes more than once"));
        }
        else if (required)
        {
            faults.Add(new RequestFault("required", name, "is missing"));
        }

        return null;
    }
}
