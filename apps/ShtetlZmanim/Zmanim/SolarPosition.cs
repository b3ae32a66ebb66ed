using System.Runtime.InteropServices;

namespace ShtetlZmanim.Zmanim;

/// <summary>
/// Where the sun stands in its year, by the equations of NOAA's solar calculator, which are the low-precision ones of Jean Meeus
/// (Astronomical Algorithms, chapters 25 and 28): to a hundredth of a degree from 1900 to 2100.
/// </summary>
/// <param name="Declination">Degrees north of the equator.</param>
/// <param name="EquationOfTime">By how many minutes the sun is ahead of the mean sun.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SolarPosition(double Declination, double EquationOfTime)
{
    private const double DegreesInMinute = 0.25;

    private static readonly DateTime Epoch = new(2000, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>The sun at this time. The minute between UTC and the dynamical time of the equations moves it by less than a second of arc.</summary>
    public static SolarPosition At(DateTime utc)
    {
        var t = (utc - Epoch).TotalDays / 36525;
        var meanLongitude = 280.46646 + (t * (36000.76983 + (t * 0.0003032)));
        var meanAnomaly = 357.52911 + (t * (35999.05029 - (t * 0.0001537)));
        var node = 125.04 - (1934.136 * t);
        var apparentLongitude = meanLongitude + EquationOfCentre(t, meanAnomaly) - 0.00569 - (0.00478 * Angle.Sin(node));
        var obliquity = MeanObliquity(t) + (0.00256 * Angle.Cos(node));
        return new SolarPosition(
            Angle.Asin(Angle.Sin(obliquity) * Angle.Sin(apparentLongitude)),
            EquationOfTimeOf(t, meanLongitude, meanAnomaly, obliquity));
    }

    /// <summary>How high the centre of the sun stands over a place, in degrees, without refraction.</summary>
    public static double Altitude(Place place, DateTime utc)
    {
        var sun = At(utc);
        var solarMinutes = utc.TimeOfDay.TotalMinutes + sun.EquationOfTime + (place.Longitude / DegreesInMinute);
        var hourAngle = (solarMinutes * DegreesInMinute) - 180;
        return Angle.Asin(
            (Angle.Sin(place.Latitude) * Angle.Sin(sun.Declination))
            + (Angle.Cos(place.Latitude) * Angle.Cos(sun.Declination) * Angle.Cos(hourAngle)));
    }

    private static double EquationOfCentre(double t, double meanAnomaly) =>
        (Angle.Sin(meanAnomaly) * (1.914602 - (t * (0.004817 + (t * 0.000014)))))
        + (Angle.Sin(2 * meanAnomaly) * (0.019993 - (t * 0.000101)))
        + (Angle.Sin(3 * meanAnomaly) * 0.000289);

    private static double MeanObliquity(double t) =>
        23 + ((26 + ((21.448 - (t * (46.815 + (t * (0.00059 - (t * 0.001813)))))) / 60)) / 60);

    private static double EquationOfTimeOf(double t, double meanLongitude, double meanAnomaly, double obliquity)
    {
        var e = 0.016708634 - (t * (0.000042037 + (t * 0.0000001267)));
        var y = Math.Pow(Angle.Tan(obliquity / 2), 2);
        var radians = (y * Angle.Sin(2 * meanLongitude))
            - (2 * e * Angle.Sin(meanAnomaly))
            + (4 * e * y * Angle.Sin(meanAnomaly) * Angle.Cos(2 * meanLongitude))
            - (0.5 * y * y * Angle.Sin(4 * meanLongitude))
            - (1.25 * e * e * Angle.Sin(2 * meanAnomaly));
        return double.RadiansToDegrees(radians) / DegreesInMinute;
    }
}
