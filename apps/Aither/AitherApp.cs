using Aither.Library;
using Aither.Sync;
using Aither.Upstream;
using Gatehouse.AspNetCore.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace Aither;

/// <summary>Aither: recordings and slides of Hemera's courses, and the results that attendance gives.</summary>
public static class AitherApp
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
            ApplicationName = typeof(AitherApp).Assembly.GetName().Name,
        });
        // Before all other configuration, so that any may say otherwise: a log of what happens, not of each request.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"), new("Logging:LogLevel:System.Net.Http", "Warning")],
        });
        configure?.Invoke(builder.Configuration);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);

        builder.Services.AddGatehouseProblems(problems =>
        {
            problems.TextMember = "error";
            problems.Texts[StatusCodes.Status503ServiceUnavailable] = Refusals.InternalError;
        });
        builder.Services.AddPublishedKeysGuard();
        builder.Services.AddHemera();
        builder.Services.AddSqliteDatabase("Aither", typeof(AitherApp).Assembly);
        builder.Services.AddSingleton<LibraryStore>();
        builder.Services.AddSingleton<SyncStore>();
        builder.Services.AddSingleton<SyncTurn>();
        builder.Services.AddTransient<CourseSync>();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new IsoTimeConverter()));
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.MapHealth();
        var api = app.MapGroup("/api");
        api.MapLibrary();
        api.MapSync();
        return app;
    }
}
