using Aither;
using Analyzer;
using Gatehouse.Host.Serve;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Upstash;
using Gatehouse.Tokens;
using GoodTalk;
using Hemera;
using Hemera.Access;
using ShtetlZmanim;

namespace Showcase;

/// <summary>Who lives where. With keys of a real Clerk instance in the environment the same apps use that, and the local one stays away.</summary>
public sealed class Neighbourhood
{
    /// <summary>Where the front page is.</summary>
    public const string FrontPageUrl = "http://localhost:5080";

    private const string ClerkUrl = "http://localhost:5400";
    private const string UpstashUrl = "http://localhost:5404";
    private const string HemeraUrl = "http://localhost:5410";
    private const string AitherUrl = "http://localhost:5411";
    private const string Feed = $"{HostUrl}/api/revocations";
    private const string AnalyzerUrl = "http://localhost:5420";
    private const string GoodTalkUrl = "http://localhost:5421";
    private const string HostUrl = "http://localhost:5430";
    private const string ShtetlZmanimUrl = "http://localhost:5440";
    private const string MarketplaceUrl = "http://localhost:5450";

    // Tokens made for one app's pages are taken by all of them: they share a cookie domain. Those that are not built yet have their place.
    private static readonly string[] Origins =
        [FrontPageUrl, ClerkUrl, HemeraUrl, AitherUrl, AnalyzerUrl, GoodTalkUrl, HostUrl, ShtetlZmanimUrl, MarketplaceUrl];

    private static readonly string[] Keys = ["CLERK_SECRET_KEY", "CLERK_PUBLISHABLE_KEY"];
    private static readonly string[] UpstashKeys = ["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"];

    private readonly IConfiguration _environment;

    private Neighbourhood(IConfiguration environment)
    {
        _environment = environment;
        IsLocal = Keys.All(name => environment[name] is not { Length: > 0 } key || PublishedKeys.Contains(key));
        var wantsUpstash = IsLocal && UpstashKeys.All(name => environment[name] is not { Length: > 0 });
        HasUpstash = wantsUpstash && LocalUpstash.HasRedisServer(environment);
        Skipped = wantsUpstash && !HasUpstash
            ? ["Local Upstash is left out: there is no redis-server (apt-get install redis-server). Limits are counted in each app's own memory."]
            : [];
        Services =
        [
            .. IsLocal ? [LocalClerkService()] : (ShowcaseService[])[],
            .. HasUpstash ? [LocalUpstashService()] : (ShowcaseService[])[],
            HostService(), HemeraService(), AitherService(), AnalyzerService(), GoodTalkService(), ShtetlZmanimService(),
        ];
    }

    /// <summary>Whether the local Clerk stands in for the real one.</summary>
    public bool IsLocal { get; }

    /// <summary>Whether a local Upstash keeps the counts of limits.</summary>
    public bool HasUpstash { get; }

    /// <summary>What this machine cannot have, and why.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>The servers, in the order in which they start.</summary>
    public IReadOnlyList<ShowcaseService> Services { get; }

    /// <summary>The neighbourhood as this environment makes it.</summary>
    public static Neighbourhood Of(IConfiguration environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new Neighbourhood(environment);
    }

    private ShowcaseService LocalClerkService() => new(
        "Local Clerk",
        "Stands in for Clerk: people, machines, sessions, tokens and keys, with no account and no network.",
        ClerkUrl,
        "/_local/state",
        () => LocalClerk.Build([], Settings("LocalClerk", ClerkUrl)),
        "/_local/state",
        "/.well-known/jwks.json");

    private ShowcaseService LocalUpstashService() => new(
        "Local Upstash",
        "Stands in for Upstash Redis: Hemera counts its limit here, where a service in TypeScript can count on with it.",
        UpstashUrl,
        "/_local/state",
        () => LocalUpstash.Build([], Settings("LocalUpstash", UpstashUrl)),
        "/_local/state");

    private ShowcaseService HostService() => new(
        "Gatehouse",
        "The host: operators revoke sessions here, every app hears of it within a second, and proxies ask who may pass.",
        HostUrl,
        "/readyz",
        () => GatehouseHost.Build([], Settings(
            "Host",
            HostUrl,
            ("Gatehouse:MachineId", LocalClerkDefaults.GatehouseMachineId),
            ($"Gatehouse:Machines:{LocalClerkDefaults.HemeraMachineId}:Role", GatehouseHost.FeedReader),
            ($"Gatehouse:Machines:{LocalClerkDefaults.AnalyzerMachineId}:Role", GatehouseHost.FeedReader),
            ($"Gatehouse:Machines:{LocalClerkDefaults.GoodTalkMachineId}:Role", GatehouseHost.FeedReader),
            ($"Gatehouse:Machines:{LocalClerkDefaults.ShtetlZmanimMachineId}:Role", GatehouseHost.FeedReader),
            ("Gatehouse:Operators:Organization", LocalClerkDefaults.OperatorsOrganizationId),
            ("Gatehouse:ForwardAuth:Proxies:0", "127.0.0.1"),
            ("Gatehouse:ForwardAuth:Rules:pages:Redirect", "true"))),
        "/healthz",
        "/auth/sign-in");

    private ShowcaseService GoodTalkService() => new(
        "GoodTalk",
        "A frontend whose pages people sign in to. Its server calls the Analyzer in their name; their browser never does.",
        GoodTalkUrl,
        "/readyz",
        () => GoodTalkApp.Build([], Settings(
            "GoodTalk",
            GoodTalkUrl,
            ("ANALYZER_SERVICE_URL", AnalyzerUrl),
            ("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.GoodTalkMachineSecret),
            ("Gatehouse:Revocations:Feed", Feed))),
        "/modules",
        "/chat");

    private ShowcaseService HemeraService() => new(
        "Hemera",
        "An academy's API for other services: courses, participations and their results, behind roles and a limit of 100 calls a minute.",
        HemeraUrl,
        "/readyz",
        () => HemeraApp.Build([], Settings(
            "Hemera",
            HemeraUrl,
            ("Gatehouse:MachineId", LocalClerkDefaults.HemeraMachineId),
            ("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.HemeraMachineSecret),
            ("Gatehouse:Revocations:Feed", Feed),
            ($"Gatehouse:Machines:{LocalClerkDefaults.AitherMachineId}:Role", HemeraRoles.ApiClient),
            (UpstashKeys[0], HasUpstash ? UpstashUrl : ""),
            (UpstashKeys[1], HasUpstash ? LocalUpstashDefaults.Token : ""))),
        "/swagger");

    private ShowcaseService AitherService() => new(
        "Aither",
        "A service that calls Hemera in its own name, with a machine token that it mints and renews by itself.",
        AitherUrl,
        "/healthz",
        () => AitherApp.Build([], Settings(
            "Aither",
            AitherUrl,
            ("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.AitherMachineSecret),
            ("CLERK_SERVICE_USER_ID", LocalClerkDefaults.AitherServiceUserId),
            ("HEMERA_API_BASE_URL", HemeraUrl))),
        "/api/recordings",
        "/api/slides");

    private ShowcaseService AnalyzerService() => new(
        "Analyzer",
        "An API behind a frontend: each user's modules, questions about them, and a stream of what happens, by the user's own token.",
        AnalyzerUrl,
        "/readyz",
        () => AnalyzerApp.Build([], Settings(
            "Analyzer",
            AnalyzerUrl,
            ("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.AnalyzerMachineSecret),
            ("Gatehouse:Revocations:Feed", Feed))),
        "/swagger");

    private ShowcaseService ShtetlZmanimService() => new(
        "Shtetl Zmanim",
        "An API for other people's machines: halachic times of any day and place, 10,000 calls an hour each, by machine token or API key.",
        ShtetlZmanimUrl,
        "/readyz",
        () => ShtetlZmanimApp.Build([], Settings(
            "ShtetlZmanim",
            ShtetlZmanimUrl,
            ("Gatehouse:MachineId", LocalClerkDefaults.ShtetlZmanimMachineId),
            ("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.ShtetlZmanimMachineSecret),
            ("Gatehouse:Revocations:Feed", Feed))),
        "/swagger");

    /// <summary>An app's settings: its address, the local values if there are no real ones, and what the environment says for it alone.</summary>
    private Action<IConfigurationBuilder> Settings(string app, string url, params (string Key, string Value)[] local) => builder =>
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["urls"] = url,
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
            ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        };
        for (var n = 0; n < Origins.Length; n++)
        {
            settings[$"Gatehouse:AuthorizedParties:{n}"] = Origins[n];
        }

        if (IsLocal)
        {
            settings["CLERK_API_URL"] = ClerkUrl;
            settings["CLERK_PROXY_URL"] = $"{ClerkUrl}/__clerk";
            settings["CLERK_PUBLISHABLE_KEY"] = LocalClerkDefaults.PublishableKey;
            settings["CLERK_SECRET_KEY"] = LocalClerkDefaults.SecretKey;
            foreach (var (key, value) in local)
            {
                settings[key] = value;
            }
        }

        builder.AddInMemoryCollection(settings);

        // Hemera__Gatehouse__MachineId is Hemera's alone, though all apps share one environment.
        builder.AddInMemoryCollection(_environment.GetSection(app).AsEnumerable(makePathsRelative: true).Where(setting => setting.Value is not null));
    };
}
