using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Host.Serve;

/// <summary>
/// The Gatehouse server: operators revoke here, every other process hears of it by the feed, and proxies ask who may pass.
/// </summary>
public static class GatehouseHost
{
    /// <summary>Where it listens unless told otherwise.</summary>
    public const string DefaultUrl = "http://localhost:5430";

    /// <summary>The role of machines that read the feed: <c>Gatehouse:Machines:&lt;mch_…&gt;:Role</c>.</summary>
    public const string FeedReader = "feed-reader";

    /// <summary>Makes the server.</summary>
    /// <param name="args">Settings as <c>--key value</c>.</param>
    /// <param name="configure">Adds settings that win over all others.</param>
    /// <param name="services">Runs last, so that a test can replace a service.</param>
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
            ApplicationName = typeof(GatehouseHost).Assembly.GetName().Name,
        });
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = [new("urls", DefaultUrl), new("Logging:LogLevel:Microsoft.AspNetCore", "Warning")],
        });
        configure?.Invoke(builder.Configuration);

        // Machines are only let in once the host knows which machine it is itself.
        var takesMachines = builder.Configuration["Gatehouse:MachineId"] is { Length: > 0 };
        var gatehouse = builder.Services
            .AddGatehouse(entrance => entrance.Classes = takesMachines ? TokenClass.Session | TokenClass.M2M : TokenClass.Session)
            .AddRole(FeedReader, RevocationEndpointExtensions.ReadPermission)
            .AddForwardAuth();

        // And browsers once it knows its own origin, to which they are sent back.
        if (builder.Configuration.GetSection("Gatehouse:AuthorizedParties").GetChildren().Any())
        {
            gatehouse.AddBrowserSessions();
        }

        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseGatehouse();
        app.MapRevocations();
        app.MapForwardAuth();
        app.MapHealth();
        return app;
    }
}
