using System.Globalization;
using Gatehouse.Local.Upstash.Control;
using Gatehouse.Local.Upstash.Redis;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Local.Upstash;

/// <summary>What the local Upstash takes from configuration. A fault stops the start with a message that says what to do.</summary>
/// <param name="Urls">Where it listens.</param>
/// <param name="RedisServer">The path of redis-server.</param>
internal sealed record LocalUpstashSettings(IReadOnlyList<string> Urls, string RedisServer)
{
    /// <summary>What the smallest of Upstash's plans admits in one request, in bytes.</summary>
    public const int DefaultMaximumRequestBytes = 10 * 1024 * 1024;

    private const int MostRequestBytes = 512 * 1024 * 1024;

    /// <summary>Names besides loopback that it answers to.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    public int MaximumRequestBytes { get; init; } = DefaultMaximumRequestBytes;

    public FaultSettings Faults { get; init; } = FaultSettings.None;

    public static LocalUpstashSettings Read(IConfiguration configuration) => new(ReadUrls(configuration["urls"]), RedisProgram.Require(configuration))
    {
        Hosts = Split(configuration["LocalUpstash:Hosts"]),
        MaximumRequestBytes = ReadNumber(configuration, "LocalUpstash:MaximumRequestBytes", 1024, MostRequestBytes) ?? DefaultMaximumRequestBytes,
        Faults = new FaultSettings
        {
            Seed = ReadNumber(configuration, "LocalUpstash:Faults:Seed", 0, int.MaxValue) ?? FaultSettings.DefaultSeed,
            Status429 = ReadRate(configuration, "LocalUpstash:Faults:Api:Status_429"),
            Status5xx = ReadRate(configuration, "LocalUpstash:Faults:Api:Status_5xx"),
            Close = ReadRate(configuration, "LocalUpstash:Faults:Api:Close"),
            DelayMilliseconds = ReadNumber(configuration, "LocalUpstash:Faults:Api:Delay_Ms", 0, FaultSettings.MaximumDelayMilliseconds) ?? 0,
        },
    };

    private static string[] ReadUrls(string? configured)
    {
        var urls = Split(configured);
        foreach (var url in urls)
        {
            var isLoopback = Uri.TryCreate(url, UriKind.Absolute, out var parsed)
                && parsed.Scheme == Uri.UriSchemeHttp
                && Loopback.Contains(parsed.Host);
            if (!isLoopback)
            {
                throw new InvalidOperationException(
                    $"The local Upstash cannot listen on '{url}': its tokens are published, so it listens on loopback only. "
                    + $"Set urls to an address such as {LocalUpstashDefaults.Url}.");
            }
        }

        return urls.Length == 0 ? [LocalUpstashDefaults.Url] : urls;
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int? ReadNumber(IConfiguration configuration, string key, int least, int most)
    {
        if (configuration[key] is not { Length: > 0 } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidOperationException($"{key} is '{text}'. Set it to a whole number from {least} to {most}.");
    }

    private static double ReadRate(IConfiguration configuration, string key)
    {
        if (configuration[key] is not { Length: > 0 } text)
        {
            return 0;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is >= 0 and <= 1
            ? rate
            : throw new InvalidOperationException($"{key} is '{text}'. Set it to a number from 0 to 1.");
    }
}
