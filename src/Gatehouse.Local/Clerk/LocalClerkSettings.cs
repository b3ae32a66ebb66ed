using System.Globalization;
using System.Security.Cryptography;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Limits;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Local.Clerk;

/// <summary>What the local Clerk takes from configuration. A fault stops the start with a message that says what to do.</summary>
internal sealed record LocalClerkSettings(IReadOnlyList<string> Urls, LimitSettings Limits, int Seed)
{
    public static LocalClerkSettings Read(IConfiguration configuration) => new(
        ReadUrls(configuration["urls"]),
        new LimitSettings(
            ReadNumber(configuration, "LocalClerk:Limits:BackendPer10Seconds", LimitSettings.Most) ?? 0,
            ReadNumber(configuration, "LocalClerk:Limits:PerResourcePer10Seconds", LimitSettings.Most) ?? 0),
        ReadNumber(configuration, "LocalClerk:Seed", int.MaxValue) ?? RandomNumberGenerator.GetInt32(int.MaxValue));

    private static string[] ReadUrls(string? configured)
    {
        var urls = (configured ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in urls)
        {
            var isLoopback = Uri.TryCreate(url, UriKind.Absolute, out var parsed)
                && parsed.Scheme == Uri.UriSchemeHttp
                && HostGuard.IsLoopback(parsed.Host);
            if (!isLoopback)
            {
                throw new InvalidOperationException(
                    $"The local Clerk cannot listen on '{url}': its keys are published, so it listens on loopback only. "
                    + $"Set urls to an address such as {LocalClerkDefaults.Url}.");
            }
        }

        return urls.Length == 0 ? [LocalClerkDefaults.Url] : urls;
    }

    private static int? ReadNumber(IConfiguration configuration, string key, int most)
    {
        if (configuration[key] is not { Length: > 0 } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw new InvalidOperationException($"{key} is '{text}'. Set it to a whole number from 0 to {most}.");
    }
}
