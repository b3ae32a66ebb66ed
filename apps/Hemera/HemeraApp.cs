using System.Text.Json.Serialization;
using Gatehouse.AspNetCore.Json;
using Gatehouse.Limits;
using Gatehouse.Tokens;
using Hemera.Access;
using Hemera.Courses;
using Hemera.Documents;
using Hemera.Participations;
using Microsoft.Extensions.Configuration.Memory;

namespace Hemera;

/// <summary>Hemera: courses and participations, for services that show a token.</summary>
public static class HemeraApp
{
    private const string Limit = "service";
    private const string Prefix = "/api/service";

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
            ApplicationName = typeof(HemeraApp).Assembly.GetName().Name,
        });
        // Before all other configuration, so that any may say otherwise: a log of what happens, not of each request.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"), new("Logging:LogLevel:System.Net.Http", "Warning")],
        });
        configure?.Invoke(builder.Configuration);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);

        AddGate(builder);
        builder.Services.AddSqliteDatabase("Hemera", typeof(HemeraApp).Assembly);
        builder.Services.AddSingleton<CourseStore>();
        builder.Services.AddSingleton<ParticipationStore>();
        builder.Services.AddDocument();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new IsoTimeConverter());
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;   // in the document too, numbers are numbers
        });
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseGatehouse();
        app.UseDocumentPage();
        app.MapHealth();

        var service = app.MapGroup(Prefix).RequireCaller().RequireRateLimit(Limit);
        service.MapCourses();
        service.MapParticipations();
        return app;
    }

    private static void AddGate(WebApplicationBuilder builder)
    {
        var gate = builder.Services.AddGatehouse(entrance =>
        {
            entrance.Classes = TokenClass.Session | TokenClass.Template | TokenClass.M2M;
            entrance.TemplateClaim = "service";
            entrance.TrustTemplateRole = true;
            entrance.Realm = "hemera";
        });
        gate.AddRateLimit(LimitPolicy.SlidingWindow(Limit, 100, TimeSpan.FromMinutes(1)), Prefix);
        builder.Services.AddUpstashLimits(builder.Configuration);
        gate.ConfigureProblems(problems =>
        {
            problems.TextMember = "error";
            problems.Texts[StatusCodes.Status503ServiceUnavailable] = Refusals.InternalError;
        });
        foreach (var (role, permissions) in HemeraRoles.Permissions)
        {
            gate.AddRole(role, permissions);
        }

        if (builder.Configuration["Gatehouse:Revocations:Feed"] is { Length: > 0 })
        {
            gate.AddRevocationFeed();
        }
    }
}
