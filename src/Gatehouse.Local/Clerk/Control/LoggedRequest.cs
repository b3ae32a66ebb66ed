namespace Gatehouse.Local.Clerk.Control;

/// <summary>One request as the control surface tells it: no secret, no body.</summary>
internal sealed record LoggedRequest(
    long Number,
    long At,
    string Method,
    string Path,
    string Query,
    string? Caller,
    string? Origin,
    int Status,
    string? Fault);
