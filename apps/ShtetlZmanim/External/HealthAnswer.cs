namespace ShtetlZmanim.External;

/// <summary>That the API is there, and whom it takes the caller for.</summary>
/// <param name="Status">Always <c>ok</c>.</param>
/// <param name="ClientId">A machine's id, or the subject of an API key.</param>
internal sealed record HealthAnswer(string Status, string ClientId);
