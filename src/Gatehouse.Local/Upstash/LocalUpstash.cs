using Gatehouse.Local.Upstash.Control;
using Gatehouse.Local.Upstash.Redis;
using Gatehouse.Local.Upstash.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Upstash;

/// <summary>
/// An Upstash Redis database on this machine: its REST API over a redis-server that starts and ends with it. What it keeps ends with it too.
/// </summary>
/// <remarks>Upstash, "REST API". Without the endpoints that stay open (<c>/monitor</c>, <c>/subscribe</c>).</remarks>
public static class LocalUpstash
{
    /// <summary>Whether this machine has redis-server, without which a local Upstash does not start.</summary>
    /// <param name="configuration">Is asked for <c>LocalUpstash:RedisServer</c>, a path, and for <c>PATH</c>.</param>
    public static bool HasRedisServer(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return RedisProgram.Find(configuration) is not null;
    }

    /// <summary>Makes the server, ready to be started.</summary>
    /// <param name="args">Settings as <c>--key value</c>.</param>
    /// <param name="configure">
    /// Adds settings that win over all others: <c>urls</c> (default <see cref="LocalUpstashDefaults.Url"/>; loopback over http only, port 0
    /// for a free one), <c>LocalUpstash:RedisServer</c> (the program's path; default the first in <c>PATH</c>),
    /// <c>LocalUpstash:Hosts</c> (names besides loopback that it answers to, <c>;</c> between them),
    /// <c>LocalUpstash:MaximumRequestBytes</c> (default 10,485,760; 1024 to 536,870,912), <c>LocalUpstash:Faults:…</c> (members as
    /// <c>PUT /_local/faults</c> takes them).
    /// </param>
    /// <param name="services">Runs last, so that a test can replace a service such as <see cref="TimeProvider"/>.</param>
    /// <exception cref="InvalidOperationException">A setting is wrong, an address is not on loopback, or there is no redis-server.</exception>
    public static WebApplication Build(
        string[] args,
        Action<IConfigurationBuilder>? configure = null,
        Action<IServiceCollection>? services = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(LocalUpstash).Assembly.GetName().Name,
        });
        configure?.Invoke(builder.Configuration);

        var settings = LocalUpstashSettings.Read(builder.Configuration);
        Listen(builder, settings);
        AddServices(builder.Services, settings);
        services?.Invoke(builder.Services);

        var app = builder.Build();
        Map(app);
        return app;
    }

    private static void Listen(WebApplicationBuilder builder, LocalUpstashSettings settings)
    {
        // Preferred over any endpoint that configuration names, since only these addresses have been checked.
        builder.WebHost.UseUrls([.. settings.Urls]).PreferHostingUrls(true);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;   // the reader stops earlier, and answers in Upstash's words
            options.Limits.MaxRequestLineSize = 64 * 1024;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    }

    private static void AddServices(IServiceCollection services, LocalUpstashSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton<RedisServer>();
        services.AddSingleton<RedisDoor>();
        services.AddHostedService(provider => provider.GetRequiredService<RedisDoor>());
        services.AddSingleton<ScriptTable>();
        services.AddSingleton<CommandRunner>();
        services.AddSingleton(Faults(settings));
        services.AddSingleton<RestGuard>();
        services.AddSingleton<RestEndpoint>();
        services.AddSingleton<ControlEndpoints>();
    }

    private static FaultPlan Faults(LocalUpstashSettings settings)
    {
        var plan = new FaultPlan();
        plan.Set(settings.Faults);
        return plan;
    }

    private static void Map(WebApplication app)
    {
        var (guard, rest) = (app.Services.GetRequiredService<RestGuard>(), app.Services.GetRequiredService<RestEndpoint>());
        app.Use(guard.InvokeAsync);
        app.UseRouting();
        app.Services.GetRequiredService<ControlEndpoints>().Map(app);
        app.MapFallback("{*path}", rest.HandleAsync);
    }
}
