using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Analyzer.Tests;

/// <summary>Serves a forge's keys where a Clerk instance does, and counts who asks.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private KeyServer(WebApplication app) => _app = app;

    public TokenForge? Forge { get; set; }

    public bool IsAway { get; set; }

    public int Calls => _calls;

    public string Url => _app.Urls.Single();

    public static async Task<KeyServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), new("Logging:LogLevel:Default", "None")]);
        var server = new KeyServer(builder.Build());
        server._app.MapGet("/.well-known/jwks.json", server.Answer);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Answer()
    {
        Interlocked.Increment(ref _calls);
        return IsAway ? Results.StatusCode(StatusCodes.Status500InternalServerError) : Results.Text(Forge!.Jwks, "application/json");
    }
}
