using System.Collections.Concurrent;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests;

/// <summary>One Clerk instance's Backend API, as far as an entrance asks it: keys, opaque tokens, users. Writes down who asked for what.</summary>
internal sealed class ClerkStub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ClerkStub(WebApplication app, TokenForge forge) => (_app, Forge) = (app, forge);

    public TokenForge Forge { get; }

    public string Address => _app.Urls.Single();

    /// <summary>The API keys that are good here.</summary>
    public HashSet<string> ApiKeys { get; } = [];

    /// <summary>The role in each user's public metadata.</summary>
    public Dictionary<string, string> Roles { get; } = [];

    public bool IsAway { get; set; }

    /// <summary>Path and secret of each request.</summary>
    public ConcurrentQueue<(string Path, string Secret)> Requests { get; } = new();

    public static async Task<ClerkStub> StartAsync(TokenForge forge)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stub = new ClerkStub(app, forge);
        app.Run(stub.AnswerAsync);
        await app.StartAsync();
        return stub;
    }

    /// <summary>The variables that lead to this instance.</summary>
    public (string Key, string? Value)[] Settings(string prefix, string secret) =>
    [
        ($"{prefix}CLERK_PUBLISHABLE_KEY", EdgeApp.PublishableKeyOf(Forge)),
        ($"{prefix}CLERK_API_URL", Address),
        ($"{prefix}CLERK_SECRET_KEY", secret),
        ($"{prefix}CLERK_JWT_KEY", null),
    ];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Requests.Enqueue((path, context.Request.Headers.Authorization.ToString()["Bearer ".Length..]));
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        context.Response.ContentType = "application/json";
        var answer = path switch
        {
            _ when IsAway => null,
            "/v1/jwks" => Forge.Jwks,
            "/v1/api_keys/verify" when ApiKeys.Any(body.Contains) =>
                $$"""{"object":"api_key","id":"ak_1","subject":"{{TokenForge.UserId}}","name":"n","scopes":["read"],"revoked":false,"expired":false}""",
            _ when path.StartsWith("/v1/users/", StringComparison.Ordinal) && Roles.TryGetValue(path[10..], out var role) =>
                $$$"""{"object":"user","id":"{{{path[10..]}}}","public_metadata":{"role":"{{{role}}}"}}""",
            _ => "",
        };
        context.Response.StatusCode = answer switch { null => 500, "" => 404, _ => 200 };
        await context.Response.WriteAsync(string.IsNullOrEmpty(answer) ? """{"errors":[]}""" : answer);
    }
}
