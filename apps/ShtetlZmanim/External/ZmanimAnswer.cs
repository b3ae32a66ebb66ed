namespace ShtetlZmanim.External;

/// <summary>A day's times at a place.</summary>
/// <param name="Date">The date.</param>
/// <param name="Location">The place.</param>
/// <param name="Timezone">The zone that times are given in.</param>
/// <param name="Times">The times.</param>
/// <param name="Notes">Why times are missing, and what elevation did.</param>
internal sealed record ZmanimAnswer(DateOnly Date, ZmanimLocation Location, string Timezone, ZmanimTimes Times, IReadOnlyList<string> Notes);
