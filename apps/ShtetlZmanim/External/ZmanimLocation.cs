namespace ShtetlZmanim.External;

/// <summary>The place as it was asked for.</summary>
/// <param name="Latitude">Degrees, north positive.</param>
/// <param name="Longitude">Degrees, east positive.</param>
/// <param name="Elevation">Metres.</param>
internal sealed record ZmanimLocation(double Latitude, double Longitude, double Elevation);
