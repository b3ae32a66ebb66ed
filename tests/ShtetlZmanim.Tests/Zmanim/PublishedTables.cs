using System.Globalization;

namespace ShtetlZmanim.Tests.Zmanim;

/// <summary>Reads the published times that stand beside the tests.</summary>
/// <remarks>
/// <c>usno.csv</c>: tables of the US Naval Observatory, Astronomical Applications Department ("Sun or Moon Rise/Set Table for One Year", and
/// "Complete Sun and Moon Data for One Day"); minutes of UTC, of events on that UTC date; 24 hours and more are the date after;
/// <c>up</c> and <c>down</c> where the table shows a sun that stays so. <c>de440.csv</c>: the sun of JPL's ephemeris DE440, without
/// refraction, to the millisecond of UT1, on that UTC date.
/// </remarks>
internal static class PublishedTables
{
    public static IEnumerable<Dictionary<string, string>> Read(string name)
    {
        using var reader = new StreamReader(typeof(PublishedTables).Assembly.GetManifestResourceStream(name)!);
        var columns = reader.ReadLine()!.Split(',');
        while (reader.ReadLine() is { } line)
        {
            yield return columns.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second);
        }
    }

    public static double Number(this Dictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);

    public static DateOnly Date(this Dictionary<string, string> row, string column) =>
        DateOnly.ParseExact(row[column], "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A time of day, on the date or the one after; null for an empty cell.</summary>
    public static DateTime? Time(this Dictionary<string, string> row, string column, DateOnly date) =>
        row[column].Split(':') is [var hours, var minutes]
            ? date.ToDateTime(default, DateTimeKind.Utc).AddMinutes((60 * int.Parse(hours, CultureInfo.InvariantCulture)) + int.Parse(minutes, CultureInfo.InvariantCulture))
            : null;
}
