namespace Gatehouse.Local.Upstash;

/// <summary>The values by which every local Upstash is reached. Published, and so of no worth anywhere else.</summary>
public static class LocalUpstashDefaults
{
    /// <summary>Where it listens unless told otherwise.</summary>
    public const string Url = "http://127.0.0.1:5404";

    /// <summary>The token for every command (<c>UPSTASH_REDIS_REST_TOKEN</c>).</summary>
    public const string Token = "local";

    /// <summary>The token for reading only.</summary>
    public const string ReadOnlyToken = "local-read-only";
}
