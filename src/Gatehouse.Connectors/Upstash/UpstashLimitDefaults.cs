using Microsoft.Extensions.Configuration;

namespace Gatehouse.Connectors.Upstash;

/// <summary>Names that Upstash's clients share.</summary>
public static class UpstashLimitDefaults
{
    /// <summary>What keys begin with unless told otherwise.</summary>
    public const string Prefix = "@upstash/ratelimit";

    /// <summary>The section of the configuration with the settings that are not credentials.</summary>
    public const string Section = "Gatehouse:Upstash";

    internal static string? Url(IConfiguration configuration) => Text(configuration, "UPSTASH_REDIS_REST_URL") ?? Text(configuration, "KV_REST_API_URL");

    internal static string? Token(IConfiguration configuration) =>
        Text(configuration, "UPSTASH_REDIS_REST_TOKEN") ?? Text(configuration, "KV_REST_API_TOKEN");

    // An empty variable counts as absent: that is how shells and compose files unset one.
    private static string? Text(IConfiguration configuration, string key) => configuration[key]?.Trim() is { Length: > 0 } value ? value : null;
}
