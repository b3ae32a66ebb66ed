using Microsoft.Extensions.Configuration;

namespace Gatehouse.Local.Upstash.Redis;

/// <summary>Where this machine has redis-server.</summary>
internal static class RedisProgram
{
    private const string Name = "redis-server";

    private static readonly string[] UsualFolders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

    /// <summary>Its path; null when it has none.</summary>
    public static string? Find(IConfiguration configuration) =>
        Configured(configuration) is { } path
            ? File.Exists(path) ? path : null
            : (configuration["PATH"] ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Concat(UsualFolders)
                .Select(folder => Path.Combine(folder, Name))
                .FirstOrDefault(File.Exists);

    /// <summary>The same, or the reason why the local Upstash cannot start.</summary>
    public static string Require(IConfiguration configuration) =>
        Find(configuration) ?? throw new InvalidOperationException(
            Configured(configuration) is { } path
                ? $"LocalUpstash:RedisServer is '{path}', where there is no file. Set it to the path of redis-server."
                : "The local Upstash keeps its data in redis-server, which this machine does not have. Install the Debian package "
                  + "redis-server, or set LocalUpstash:RedisServer to its path.");

    private static string? Configured(IConfiguration configuration) =>
        configuration["LocalUpstash:RedisServer"] is { Length: > 0 } path ? path : null;
}
