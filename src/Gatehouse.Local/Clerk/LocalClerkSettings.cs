using System.Globalization;
using System.Security.Cryptography;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Data.Generation;
using Gatehouse.Local.Clerk.Faults;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Limits;
using Gatehouse.Local.Clerk.Tokens;
using Gatehouse.Local.Clerk.Webhooks;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Local.Clerk;

/// <summary>What the local Clerk takes from configuration. A fault stops the start with a message that says what to do.</summary>
internal sealed record LocalClerkSettings(IReadOnlyList<string> Urls, LimitSettings Limits, int Seed)
{
    private const string FaultsKey = "LocalClerk:Faults";
    private const string EndpointsKey = "LocalClerk:Webhooks:Endpoints";
    private const string AllowAnyHostKey = "LocalClerk:Webhooks:AllowAnyHost";

    /// <summary>Where the data come from, and where they are kept.</summary>
    public DataSettings Data { get; init; } = DataSettings.None;

    /// <summary>Pages off loopback that may call the Frontend API and be sent browsers.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whether users must choose an organization when they sign in.</summary>
    public bool ForceOrganizationSelection { get; init; }

    /// <summary>Whether a link in an e-mail counts in the browser only that asked for it.</summary>
    public bool RequireSameClient { get; init; } = true;

    /// <summary>Whether users must have proved lately who they are to do what is grave.</summary>
    public bool Reverification { get; init; } = true;

    /// <summary>Names besides loopback that it answers to.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    public FaultSettings Faults { get; init; } = FaultSettings.None;

    public WebhookSettings Webhooks { get; init; } = new([]);

    /// <summary>Where the clock begins, if not where the data file left it.</summary>
    public int? ClockOffsetSeconds { get; init; }

    public int SessionTokenSeconds { get; init; } = TokenLifetime.Default;

    public static LocalClerkSettings Read(IConfiguration configuration)
    {
        var usual = new LimitSettings(
            ReadNumber(configuration, "LocalClerk:Limits:BackendPer10Seconds", 0, LimitSettings.Most) ?? 0,
            ReadNumber(configuration, "LocalClerk:Limits:PerResourcePer10Seconds", 0, LimitSettings.Most) ?? 0)
        {
            FrontendCreatesPer10Seconds = ReadNumber(
                configuration, "LocalClerk:Limits:FrontendCreatesPer10Seconds", 0, LimitSettings.Most) ?? 0,
            FrontendAttemptsPer10Seconds = ReadNumber(
                configuration, "LocalClerk:Limits:FrontendAttemptsPer10Seconds", 0, LimitSettings.Most) ?? 0,
        };
        var (faults, limits, refusal) = FaultReader.Read(new FormReader(SettingsJson.Object(configuration.GetSection(FaultsKey))), usual);
        Refuse(FaultsKey, refusal);
        return new LocalClerkSettings(
            ReadUrls(configuration["urls"]),
            limits,
            ReadNumber(configuration, "LocalClerk:Seed", 0, int.MaxValue) ?? RandomNumberGenerator.GetInt32(int.MaxValue))
        {
            Data = ReadData(configuration),
            AllowedOrigins = ReadOrigins(configuration["LocalClerk:AllowedOrigins"]),
            ForceOrganizationSelection = configuration["LocalClerk:ForceOrganizationSelection"] is "true" or "True" or "1",
            RequireSameClient = ReadFlag(configuration, "LocalClerk:RequireSameClient") ?? true,
            Reverification = ReadFlag(configuration, "LocalClerk:Reverification") ?? true,
            Hosts = Split(configuration["LocalClerk:Hosts"]),
            Faults = faults,
            Webhooks = ReadWebhooks(configuration),
            ClockOffsetSeconds = ReadNumber(
                configuration, "LocalClerk:ClockOffsetSeconds", -ClerkClock.MaximumOffsetSeconds, ClerkClock.MaximumOffsetSeconds),
            SessionTokenSeconds = ReadNumber(
                configuration, "LocalClerk:SessionTokenSeconds", TokenLifetime.Minimum, TokenLifetime.Maximum) ?? TokenLifetime.Default,
        };
    }

    private static WebhookSettings ReadWebhooks(IConfiguration configuration)
    {
        var allowAnyHost = ReadFlag(configuration, AllowAnyHostKey) ?? false;
        var (endpoints, refusal) = EndpointReader.Read(SettingsJson.Items(configuration.GetSection(EndpointsKey)), allowAnyHost);
        Refuse(EndpointsKey, refusal);
        return new WebhookSettings(
            endpoints,
            allowAnyHost,
            ReadNumber(configuration, "LocalClerk:Webhooks:Keep", 1, WebhookSettings.MostKept) ?? WebhookSettings.DefaultKeep,
            ReadNumber(configuration, "LocalClerk:Webhooks:TimeFactor", 1, (int)WebhookTime.MaximumFactor) ?? 1);
    }

    private static string[] ReadOrigins(string? configured)
    {
        var origins = Split(configured);
        foreach (var origin in origins)
        {
            var isOrigin = Uri.TryCreate(origin, UriKind.Absolute, out var parsed)
                && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps)
                && OriginPolicy.OriginOf(parsed) == origin;
            if (!isOrigin)
            {
                throw new InvalidOperationException(
                    $"LocalClerk:AllowedOrigins holds '{origin}'. Set it to origins such as http://app.test:3000, separated by semicolons.");
            }
        }

        return origins;
    }

    private static DataSettings ReadData(IConfiguration configuration) => new(
        Text(configuration, "LocalClerk:SeedFile"),
        ReadNumber(configuration, "LocalClerk:Users", 0, GeneratedUsers.Most),
        ReadNumber(configuration, "LocalClerk:Seed", 0, int.MaxValue) ?? DataSettings.DefaultUsersSeed,
        Text(configuration, "LocalClerk:DataFile"));

    private static string? Text(IConfiguration configuration, string key) => configuration[key] is { Length: > 0 } text ? text : null;

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
                    $"The local Clerk cannot listen on '{url}': its keys are published, so it listens on loopback only. "
                    + $"Set urls to an address such as {LocalClerkDefaults.Url}.");
            }
        }

        return urls.Length == 0 ? [LocalClerkDefaults.Url] : urls;
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool? ReadFlag(IConfiguration configuration, string key) => configuration[key] switch
    {
        null or "" => null,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new InvalidOperationException($"{key} is '{text}'. Set it to true or false."),
    };

    private static int? ReadNumber(IConfiguration configuration, string key, int least, int most)
    {
        if (configuration[key] is not { Length: > 0 } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : throw new InvalidOperationException($"{key} is '{text}'. Set it to a whole number from {least} to {most}.");
    }

    private static void Refuse(string key, ClerkAnswer? refusal)
    {
        if (refusal is not null)
        {
            var faults = refusal.Errors.Select(error => $"{error.ParameterName}: {error.LongMessage}");
            throw new InvalidOperationException($"{key} cannot be used. {string.Join(" ", faults)}");
        }
    }
}
