using Gatehouse.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>The answer to a proxy's question. Zero refuses, so that a forgotten assignment does.</summary>
internal readonly record struct ForwardAuthVerdict
{
    private ForwardAuthVerdict(ClerkPrincipal? caller, int status, string? code, string? location) =>
        (Caller, Status, Code, Location) = (caller, status, code, location);

    /// <summary>Who may pass; null for a refusal.</summary>
    public ClerkPrincipal? Caller { get; }

    /// <summary>The refusal's status.</summary>
    public int Status { get; }

    /// <summary>The refusal's code.</summary>
    public string? Code { get; }

    /// <summary>Where a browser could go to be let in.</summary>
    public string? Location { get; }

    public static ForwardAuthVerdict Passed(ClerkPrincipal caller) => new(caller, StatusCodes.Status200OK, null, null);

    public static ForwardAuthVerdict Refused(int status, string code) => new(null, status, code, null);

    public static ForwardAuthVerdict Elsewhere(int status, string code, string location) => new(null, status, code, location);
}
