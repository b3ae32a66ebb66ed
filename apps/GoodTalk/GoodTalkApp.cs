using Gatehouse.AspNetCore.Problems;
using GoodTalk.Analysis;
using GoodTalk.Pages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration.Memory;

namespace GoodTalk;

/// <summary>
/// GoodTalk: pages of chat and modules for people who sign in, in front of the Analyzer. The browser talks to this app only; the Analyzer is
/// called from here, in the name of whoever is signed in.
/// </summary>
public static class GoodTalkApp
{
    private const string Service = "analyzer service";
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

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
            ApplicationName = typeof(GoodTalkApp).Assembly.GetName().Name,
        });
        // Before all other configuration, so that any may say otherwise: a log of what happens, not of each request.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"), new("Logging:LogLevel:System.Net.Http", "Warning")],
        });
        configure?.Invoke(builder.Configuration);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);

        AddGate(builder);
        AddPages(builder);
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() => WriteHeadersAsync(context.Response));
            return next(context);
        });
        app.UseGatehouse();
        app.UseAntiforgery();
        app.MapHealth();
        MapAnalyzer(app);
        PageAssets.Map(app);
        app.MapModuleForm();
        app.MapRazorComponents<App>();
        return app;
    }

    private static Task WriteHeadersAsync(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Remove("blazor-enhanced-nav");   // for a script that these pages do not have
        if (response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
        {
            response.Headers.CacheControl = "no-store";   // pages are somebody's own
        }

        return Task.CompletedTask;
    }

    private static void AddGate(WebApplicationBuilder builder)
    {
        var gate = builder.Services
            .AddGatehouse(entrance => entrance.Realm = "goodtalk")
            .AddBrowserSessions()
            .ConfigureProblems(problems => problems.TextMember = "error");
        if (builder.Configuration["Gatehouse:Revocations:Feed"] is { Length: > 0 })
        {
            gate.AddRevocationFeed();
        }
    }

    private static void AddPages(WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<GoodTalkOptions, GoodTalkOptionsValidator>()
            .Configure<IConfiguration>((options, configuration) =>
                options.AnalyzerUrl = configuration["ANALYZER_SERVICE_URL"] is { Length: > 0 } url ? url : options.AnalyzerUrl);
        builder.Services.AddHttpClient<AnalyzerClient>().AddCallerToken();
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery(options => options.Cookie.Name = "goodtalk_antiforgery");
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        }
    }

    // The seed's proxy route to the letter, and beside it the routes of chat and stream.
    private static void MapAnalyzer(WebApplication app)
    {
        var analyzer = AnalyzerAddress.Of(app.Configuration);
        app.MapForwarding("POST", "/api/analyzer", new Uri(analyzer, "api/user_modules/save"), forwarding => forwarding.Service = Service)
            .WithProblemAnswer(StatusCodes.Status401Unauthorized, ProblemAnswer.Text("Unauthorized"))
            .WithProblemAnswer("token-unavailable", ProblemAnswer.Text("Unauthorized - Token unavailable"))
            .WithProblemAnswer(
                "upstream-unavailable",
                ProblemAnswer.Json("""{"error":"Failed to communicate with analyzer service"}""", StatusCodes.Status500InternalServerError));
        app.MapForwarding("POST", "/api/chat", new Uri(analyzer, "api/chat"), forwarding => forwarding.Service = Service);
        app.MapForwarding("GET", "/api/stream", new Uri(analyzer, "api/stream"), forwarding => forwarding.Service = Service);
    }
}
