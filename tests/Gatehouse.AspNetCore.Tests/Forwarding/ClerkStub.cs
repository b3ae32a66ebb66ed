using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

/// <summary>Clerk's Backend API as far as it mints tokens of sessions, signed by a forge.</summary>
internal sealed class ClerkStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _mints;

    private ClerkStub(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public int Mints => Volatile.Read(ref _mints);

    /// <summary>The answer's status; anything but 200 mints nothing.</summary>
    public int Status { get; set; } = 200;

    /// <summary>What the session has become since.</summary>
    public Action<JsonObject>? Claims { get; set; }

    /// <summary>Holds every answer back until it is done.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public static async Task<ClerkStub> StartAsync(TokenForge forge)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stub = new ClerkStub(app);
        app.MapPost("/v1/sessions/{session}/tokens", async (string session, HttpContext context) =>
        {
            Interlocked.Increment(ref stub._mints);
            await stub.Gate;
            return stub.Status != 200 ? Results.StatusCode(stub.Status) : Results.Json(new JsonObject
            {
                ["object"] = "token",
                ["jwt"] = forge.Session(claims =>
                {
                    claims["sid"] = session;
                    claims["azp"] = context.Request.Headers.Origin.ToString();
                    stub.Claims?.Invoke(claims);
                }),
            });
        });
        await app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
