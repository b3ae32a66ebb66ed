using Gatehouse.Local.Clerk.Control;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Data.Storage;
using Gatehouse.Local.Clerk.Faults;
using Gatehouse.Local.Clerk.Frontend;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Limits;
using Gatehouse.Local.Clerk.Webhooks;
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
    /// limit; Clerk's development instances have 100 and 10), <c>LocalClerk:Limits:FrontendCreatesPer10Seconds</c> and
    /// <c>LocalClerk:Limits:FrontendAttemptsPer10Seconds</c> (of sign-ins and sign-ups from one address; default 0, no limit; Clerk has 5
    /// and 3), <c>LocalClerk:Seed</c> (of new ids; default a random one),
    /// <c>LocalClerk:Hosts</c> (names besides loopback that it answers to, <c>;</c> between them),
    /// <c>LocalClerk:Webhooks:Endpoints:0:url</c> and so on (members as <c>PUT /_local/endpoints</c> takes them),
    /// <c>LocalClerk:Webhooks:AllowAnyHost</c> (default false), <c>LocalClerk:Webhooks:Keep</c> (messages; default 10,000),
    /// <c>LocalClerk:Webhooks:TimeFactor</c> (default 1), <c>LocalClerk:Faults:…</c> (members as <c>PUT /_local/faults</c> takes them),
    /// <c>LocalClerk:ClockOffsetSeconds</c> and <c>LocalClerk:SessionTokenSeconds</c> (default 60),
    /// <c>LocalClerk:SeedFile</c> (a JSON file with what it begins with), <c>LocalClerk:Users</c> (how many users are generated, at most
    /// 10,000,000; the same ones for the same seed), <c>LocalClerk:DataFile</c> (a file that the state survives a restart in),
    /// <c>LocalClerk:AllowedOrigins</c> (pages off loopback that may call the Frontend API and be sent signed-in browsers, separated by
    /// semicolons; default none), <c>LocalClerk:ForceOrganizationSelection</c> (<c>true</c>: sessions are pending until an organization is
    /// chosen), <c>LocalClerk:RequireSameClient</c> (default <c>true</c>, as Clerk's: a link in an e-mail counts in the browser only that
    /// asked for it), <c>LocalClerk:Reverification</c> (default <c>true</c>, as Clerk's: browsers change passwords, addresses and the like
    /// within ten minutes after a sign-in or a reverification).
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
        UseGuards(app, settings);
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
        var beginning = ClerkBeginning.Of(settings.Data);
        services.AddSingleton(provider => new ClerkWorld(provider.GetRequiredService<TimeProvider>(), settings.Seed, beginning)
        {
            ForceOrganizationSelection = settings.ForceOrganizationSelection,
            RequireSameClient = settings.RequireSameClient,
            Reverification = settings.Reverification,
        });
        if (settings.Data.DataFile is not null)
        {
            services.AddSingleton(settings.Data);
            services.AddSingleton<DataKeeper>();
            services.AddHostedService(provider => provider.GetRequiredService<DataKeeper>());
        }

        services.AddSingleton(provider => new RequestLimiter(provider.GetRequiredService<ClerkWorld>()) { Settings = settings.Limits });
        services.AddSingleton(settings.Webhooks);
        services.AddSingleton(Faults(settings));
        services.AddSingleton<WebhookTransport>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<InstanceState>();
        services.AddSingleton<RequestLog>();
        services.AddSingleton<AnswerWriter>();
        services.AddSingleton<CallerCheck>();
        services.AddSingleton<FaultInjector>();
        services.AddSingleton<ClerkEntrance>();
        services.AddSingleton<FaultGuard>();
        LocalFrontend.Add(services, settings);
    }

    private static FaultPlan Faults(LocalClerkSettings settings)
    {
        var plan = new FaultPlan();
        plan.Set(settings.Faults);
        return plan;
    }

    private static void UseGuards(WebApplication app, LocalClerkSettings settings)
    {
        var writer = app.Services.GetRequiredService<AnswerWriter>();
        var guard = app.Services.GetRequiredService<FaultGuard>();
        app.Use((HttpContext context, RequestDelegate next) =>
        {
            LocalClerkHeader.Stamp(context.Response);
            EventAttributes.Begin(context.Request);
            return guard.InvokeAsync(context, next);
        });
        if (app.Services.GetService<DataKeeper>() is { } keeper)
        {
            app.Use(async (HttpContext context, RequestDelegate next) =>
            {
                keeper.Note();   // before and after: what is saved in between may lack what the request does
                try
                {
                    await next(context).ConfigureAwait(false);
                }
                finally
                {
                    keeper.Note();
                }
            });
        }

        app.Use((HttpContext context, RequestDelegate next) => HostGuard.InvokeAsync(context, next, writer, settings.Hosts));
        app.Use(MethodOverride.InvokeAsync);
        app.UseRouting();
    }
}
