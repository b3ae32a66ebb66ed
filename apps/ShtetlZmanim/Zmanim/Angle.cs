namespace ShtetlZmanim.Zmanim;

/// <summary>Trigonometry in degrees.</summary>
internal static class Angle
{
    public static double Sin(double degrees) => Math.Sin(double.DegreesToRadians(degrees));

    public static double Cos(double degrees) => Math.Cos(double.DegreesToRadians(degrees));

    public static double Tan(double degrees) => Math.Tan(double.DegreesToRadians(degrees));

    /// <summary>Of a sine that rounding may have carried past one.</summary>
    public static double Asin(double sine) => double.RadiansToDegrees(Math.Asin(Math.Clamp(sine, -1, 1)));

    public static double Acos(double cosine) => double.RadiansToDegrees(Math.Acos(Math.Clamp(cosine, -1, 1)));
}
