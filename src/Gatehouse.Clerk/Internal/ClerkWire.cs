using System.Net.Http.Headers;

namespace Gatehouse.Clerk.Internal;

/// <summary>What every call to Clerk carries.</summary>
internal static class ClerkWire
{
    public const string VersionHeader = "Clerk-API-Version";
    public const string Version = ClerkDefaults.ApiVersion;

    public static ProductInfoHeaderValue UserAgent { get; } =
        new("Gatehouse.Clerk", typeof(ClerkWire).Assembly.GetName().Version?.ToString(3) ?? "0");
}
