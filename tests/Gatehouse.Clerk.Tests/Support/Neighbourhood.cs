using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.Tests.Support;

/// <summary>A Clerk that mints and a service that is called, on one loopback port, and this service's own container beside them.</summary>
internal sealed class Neighbourhood : IAsyncDisposable
{
    private readonly StandIn _server;
    private int _mints;

    private Neighbourhood(StandIn server) => _server = server;

    public ConcurrentQueue<string> Calls { get; } = new();

    public LogSink Log { get; } = new();

    public int Mints => Volatile.Read(ref _mints);

    /// <summary>How the called service answers a bearer.</summary>
    public Func<string, int> Verdict { get; set; } = _ => StatusCodes.Status200OK;

    public int ClerkStatus { get; set; } = StatusCodes.Status201Created;

    public Uri Address => _server.Address;

    public static async Task<Neighbourhood> StartAsync()
    {
        Neighbourhood? here = null;
        var server = await StandIn.StartAsync(context => here!.AnswerAsync(context));
        return here = new Neighbourhood(server);
    }

    public ServiceProvider Services(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection([
                    new("CLERK_API_URL", Address.AbsoluteUri),
                    new("CLERK_MACHINE_SECRET_KEY", "ak_machine_secret"),
                ])
                .Build())
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        add(services);
        return services.BuildServiceProvider();
    }

    public Task<HttpResponseMessage> CallAsync(IServiceProvider services, string client) =>
        services.GetRequiredService<IHttpClientFactory>().CreateClient(client).GetAsync(new Uri(Address, "courses"));

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var bearer = context.Request.Headers.Authorization.ToString();
        Calls.Enqueue($"{context.Request.Path} {bearer}");
        if (context.Request.Path == "/courses")
        {
            context.Response.StatusCode = Verdict(bearer);
            return Task.CompletedTask;
        }

        context.Response.StatusCode = ClerkStatus;
        var jwt = Specimens.Jwt(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(15), $"{Interlocked.Increment(ref _mints)}");
        return context.Response.WriteAsync($$"""{"id":"mt_1","token":"{{jwt}}"}""");
    }
}
