using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

/// <summary>The service behind: real Kestrel, which answers as a test says and remembers what it was asked.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Seen> _requests = new();

    private Upstream(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<Seen> Requests => [.. _requests];

    public Seen Request => Assert.Single(_requests);

    /// <summary>Answers everything by one handler.</summary>
    public static async Task<Upstream> StartAsync(RequestDelegate? handler = null, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
        });
        var app = builder.Build();
        var upstream = new Upstream(app);
        app.UseWebSockets();
        app.Run(context =>
        {
            upstream._requests.Enqueue(Seen.Of(context));
            return handler?.Invoke(context) ?? context.Response.WriteAsync("answer");
        });
        await app.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>A request as it arrived.</summary>
    public sealed record Seen(string Method, string Target, string Protocol, IReadOnlyDictionary<string, string[]> Headers)
    {
        public string? this[string header] => Headers.TryGetValue(header, out var values) ? string.Join(" | ", values) : null;

        public static Seen Of(HttpContext context) => new(
            context.Request.Method,
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget,
            context.Request.Protocol,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.Select(value => value ?? "").ToArray(), StringComparer.OrdinalIgnoreCase));
    }
}
