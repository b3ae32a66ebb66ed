using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.AspNetCore;
using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Limits;
using Gatehouse.Tokens;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using ShtetlZmanim.Access;
using ShtetlZmanim.Documents;
using ShtetlZmanim.External;
using ShtetlZmanim.Usage;

namespace ShtetlZmanim;

/// <summary>Shtetl Zmanim's external API: halachic times for the machines and keys of outside developers.</summary>
public static class ShtetlZmanimApp
{
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
            ApplicationName = typeof(ShtetlZmanimApp).Assembly.GetName().Name,
        });
        // Before all other configuration, so that any may say otherwise: a log of what happens, not of each request.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"), new("Logging:LogLevel:System.Net.Http", "Warning")],
        });
        configure?.Invoke(builder.Configuration);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);

        AddGate(builder);
        AddUsage(builder.Services);
        builder.Services.AddDocument();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;   // in the document too, numbers are numbers
        });
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseMiddleware<UsageMiddleware>();
        app.UseGatehouse();
        app.UseDocumentPage();
        app.MapHealth();

        app.MapGroup(UsageMiddleware.Prefix)
            .RequireKeyPermission(ExternalAccess.ReadZmanim)
            .RequireRateLimit(ExternalAccess.Machines)
            .RequireRateLimit(ExternalAccess.Keys)
            .MapExternal();
        return app;
    }

    private static void AddGate(WebApplicationBuilder builder)
    {
        ErrorWriter.Add(builder.Services);
        var gate = builder.Services
            .AddGatehouse(entrance =>
            {
                entrance.Classes = TokenClass.M2M | TokenClass.ApiKey;
                entrance.Realm = "shtetl-zmanim";
            })
            .AddScope(ExternalAccess.ReadZmanim, ExternalAccess.ReadZmanim)
            .ConfigureProblems(TokenTexts.Configure);
        AddLimits(gate);
        if (builder.Configuration["Gatehouse:Revocations:Feed"] is { Length: > 0 })
        {
            gate.AddRevocationFeed();
        }
    }

    private static void AddLimits(GatehouseBuilder gate)
    {
        gate.Services.AddOptionsWithValidateOnStart<ShtetlZmanimOptions, ShtetlZmanimOptionsValidator>().BindConfiguration("ShtetlZmanim");
        gate.Services.AddOptions<RateLimitOptions>().Configure<IOptions<ShtetlZmanimOptions>>((limits, settings) =>
        {
            limits.Policies[ExternalAccess.Machines] = LimitOf(ExternalAccess.Machines, TokenClass.M2M, settings.Value.M2MRequestsPerHour);
            limits.Policies[ExternalAccess.Keys] = LimitOf(ExternalAccess.Keys, TokenClass.ApiKey, settings.Value.ApiKeyRequestsPerHour);
        });
    }

    // A bucket: whoever has used up the hour at once gets the calls back one by one, and not all of them at the full hour.
    private static PrefixedLimit LimitOf(string name, TokenClass callers, int requestsPerHour) =>
        new(LimitPolicy.TokenBucket(name, requestsPerHour, TimeSpan.FromHours(1)), UsageMiddleware.Prefix) { Classes = callers, LogUsage = true };

    private static void AddUsage(IServiceCollection services)
    {
        services.AddSqliteDatabase("ShtetlZmanim", typeof(ShtetlZmanimApp).Assembly);
        services.AddSingleton<UsageBook>();
        services.AddSingleton<UsageStore>();
        services.AddHostedService<UsageSaver>();
    }
}
