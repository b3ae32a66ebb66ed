using System.Text.Json;
using System.Text.Json.Serialization;
using Analyzer.Access;
using Analyzer.Chat;
using Analyzer.Documents;
using Analyzer.Events;
using Analyzer.Modules;
using Analyzer.Users;
using Gatehouse.AspNetCore;
using Gatehouse.AspNetCore.Json;
using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Limits;
using Gatehouse.Tokens;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace Analyzer;

/// <summary>The Analyzer: each user's modules, what they say, and a stream of what happens to them; for a frontend that forwards its users' tokens.</summary>
public static class AnalyzerApp
{
    private const string Limit = "user";
    private const string Prefix = "/api";

    /// <param name="args">The command line.</param>
    /// <param name="configure">Adds configuration that wins over all other.</param>
    /// <param name="services">Adds or replaces services, last.</param>
    public static WebApplication Build(
        string[] args,
        Action<IConfigurationBuilder>? configure = null,
        Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(AnalyzerApp).Assembly.GetName().Name,
        });
        // Before all other configuration, so that any may say otherwise: a log of what happens, not of each request.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"), new("Logging:LogLevel:System.Net.Http", "Warning")],
        });
        configure?.Invoke(builder.Configuration);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);

        AddGate(builder);
        AddStores(builder.Services);
        builder.Services.AddDocument();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new IsoTimeConverter());
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;   // in the document too, numbers are numbers
        });
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseGatehouse();
        app.UseDocumentPage();
        app.MapHealth();
        MapUsers(app);
        return app;
    }

    private static void AddGate(WebApplicationBuilder builder)
    {
        HeaderWordsWriter.Add(builder.Services);
        var gate = builder.Services
            .AddGatehouse(entrance => entrance.Realm = "analyzer")
            .AddEntrance(AnalyzerEntrances.Reading, entrance =>
            {
                entrance.Classes = TokenClass.Session | TokenClass.ApiKey;
                entrance.Realm = "analyzer";
            })
            .AddScope(AnalyzerEntrances.ReadModules, AnalyzerEntrances.ReadModules)
            .ConfigureProblems(TokenTexts.Configure);
        AddLimit(gate);
        if (builder.Configuration["Gatehouse:Revocations:Feed"] is { Length: > 0 })
        {
            gate.AddRevocationFeed();
        }
    }

    private static void AddLimit(GatehouseBuilder gate)
    {
        // Validated at the start with the limits, which are made of them.
        gate.Services.AddSingleton<IValidateOptions<AnalyzerOptions>, AnalyzerOptionsValidator>();
        gate.Services.AddOptions<AnalyzerOptions>().BindConfiguration("Analyzer");
        gate.Services.AddOptions<RateLimitOptions>().Configure<IOptions<AnalyzerOptions>>((limits, analyzer) =>
            limits.Policies[Limit] = new PrefixedLimit(
                LimitPolicy.SlidingWindow(Limit, analyzer.Value.RequestsPerMinute, TimeSpan.FromMinutes(1)), Prefix));
    }

    private static void AddStores(IServiceCollection services)
    {
        services.AddSqliteDatabase("Analyzer", typeof(AnalyzerApp).Assembly);
        services.AddSingleton<UserStore>();
        services.AddSingleton<ModuleStore>();
        services.AddSingleton<ChatStore>();
        services.AddSingleton<EventStore>();
        services.AddSingleton<EventBells>();
    }

    private static void MapUsers(WebApplication app)
    {
        var everything = app.MapGroup("").RequireRateLimit(Limit);
        everything.MapGroup("").RequireEntrance(AnalyzerEntrances.Reading).RequireScopePermission(AnalyzerEntrances.ReadModules).ProvidesUser().MapModuleReading();

        var api = everything.MapGroup(Prefix).RequireCaller().ProvidesUser();
        api.MapModuleWriting();
        api.MapChat();
        api.MapStream();
    }
}
