namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>Who arrived with a request; or why nobody did; or where the browser must go first. Nothing of it for a request without credentials.</summary>
internal readonly record struct Arrival(ClerkPrincipal? Principal, string? Failure = null, string? Location = null);
