using Gatehouse.Local.Clerk.Control;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Faults;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Clerk;

/// <summary>
/// A Clerk instance on this machine: the Backend API of version 2026-05-12 over a state in memory that always starts the same, with the
/// fixed values of <see cref="LocalClerkDefaults"/>.
/// </summary>
public static class LocalClerk
{
    /// <summary>Makes the server, ready to be started.</summary>
    /// <param name="args">Settings as <c>--key value</c>.</param>
    /// <param name="configure">
    /// Adds settings that win over all others: <c>urls</c> (default <see cref="LocalClerkDefaults.Url"/>; loopback over http only, port 0
    /// for a free one), <c>LocalClerk:Limits:BackendPer10Seconds</c> and <c>LocalClerk:Limits:PerResourcePer10Seconds</c> (default 0, no
    /// limit; Clerk's development instances have 100 and 10), <c>LocalClerk:Seed</c> (of new ids; default a random one).
    /// </param>
    /// <param name="services">Runs last, so that a test can replace a service such as <see cref="TimeProvider"/>.</param>
    /// <exception cref="InvalidOperationException">A setting is wrong, or an address is not on loopback.</exception>
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
            ApplicationName = typeof(LocalClerk).Assembly.GetName().Name,
        });
        configure?.Invoke(builder.Configuration);

        var settings = LocalClerkSettings.Read(builder.Configuration);
        Listen(builder, settings);
        AddServices(builder.Services, settings);
        services?.Invoke(builder.Services);

        var app = builder.Build();
        UseGuards(app);
        LocalClerkRoutes.Map(app);
        return app;
    }

    private static void Listen(WebApplicationBuilder builder, LocalClerkSettings settings)
    {
        // Preferred over any endpoint that configuration names, since only these addresses have been checked.
        builder.WebHost.UseUrls([.. settings.Urls]).PreferHostingUrls(true);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;   // the body reader stops earlier, and answers in Clerk's words
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    }

    private static void AddServices(IServiceCollection services, LocalClerkSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(provider => new ClerkWorld(provider.GetRequiredService<TimeProvider>(), settings.Seed));
        services.AddSingleton(provider => new RequestLimiter(provider.GetRequiredService<ClerkWorld>()) { Settings = settings.Limits });
        services.AddSingleton<FaultPlan>();
        services.AddSingleton<RequestLog>();
        services.AddSingleton<AnswerWriter>();
        services.AddSingleton<CallerCheck>();
        services.AddSingleton<ClerkEntrance>();
        services.AddSingleton<FaultGuard>();
    }

    private static void UseGuards(WebApplication app)
    {
        var writer = app.Services.GetRequiredService<AnswerWriter>();
        var guard = app.Services.GetRequiredService<FaultGuard>();
        app.Use((HttpContext context, RequestDelegate next) =>
        {
            LocalClerkHeader.Stamp(context.Response);
            return guard.InvokeAsync(context, next);
        });
        app.Use((HttpContext context, RequestDelegate next) => HostGuard.InvokeAsync(context, next, writer));
        app.UseRouting();
    }
}
