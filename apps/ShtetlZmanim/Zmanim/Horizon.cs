namespace ShtetlZmanim.Zmanim;

/// <summary>How deep the centre of the sun stands below the horizontal plane when something begins or ends, in degrees.</summary>
internal static class Horizon
{
    /// <summary>The upper limb at a sea-level horizon: 34 minutes of refraction and 16 of the sun's half width, as in the tables of the US Naval Observatory.</summary>
    public const double SeaLevel = 50.0 / 60;

    /// <summary>Dawn (alot hashachar): where the sun is 72 minutes before sunrise in Jerusalem at the equinox.</summary>
    public const double Dawn = 16.1;

    /// <summary>Nightfall (tzeit hakochavim): when three small stars are seen.</summary>
    public const double Nightfall = 8.5;

    private const double EarthRadius = 6_371_000;

    /// <summary>The upper limb at the horizon of somebody who stands so many metres above it: that much deeper as the horizon dips.</summary>
    public static double At(double elevation) => SeaLevel + Angle.Acos(EarthRadius / (EarthRadius + elevation));
}
