using System.Runtime.InteropServices;

namespace ShtetlZmanim.Zmanim;

/// <summary>Where somebody looks at the sky.</summary>
/// <param name="Latitude">Degrees, north positive; -90 to 90.</param>
/// <param name="Longitude">Degrees, east positive; -180 to 180.</param>
/// <param name="Elevation">Metres above an unobstructed horizon; 0 to 9000.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Place(double Latitude, double Longitude, double Elevation);
