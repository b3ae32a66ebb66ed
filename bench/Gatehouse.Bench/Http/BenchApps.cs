using System.Security.Cryptography;
using System.Text;
using Gatehouse.AspNetCore.Authorization;
using Gatehouse.Bench.Verify;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Bench.Http;

/// <summary>The same endpoint, bare and behind Gatehouse.</summary>
internal static class BenchApps
{
    public static async Task<WebApplication> StartBareAsync()
    {
        var app = Builder().Build();
        app.MapGet("/thing", () => "thing");
        await app.StartAsync();
        return app;
    }

    public static async Task<WebApplication> StartGatehouseAsync(RSA rsa, int? cacheSize)
    {
        var builder = GatehouseBuilder(rsa);
        if (cacheSize is { } size)
        {
            SigningKey.TryCreate(SessionTokens.KeyId, rsa.ExportParameters(false), out var key);
            builder.Services.AddSingleton(new TokenVerifier(
                [new TokenIssuer(SessionTokens.Issuer, new FixedKeySource(new KeySet(key!)))], TimeProvider.System, null, size));
        }

        builder.Services.AddGatehouse().AddRole("reader", "read:things");
        var app = builder.Build();
        app.UseGatehouse();
        app.MapGet("/thing", () => "thing").RequirePermission("read:things");
        app.MapGet("/usual", () => "thing").RequireAuthorization(new RequirePermissionAttribute("read:things"));
        await app.StartAsync();
        return app;
    }

    /// <summary>A proxy that decides nothing: method, path and body there, status and body back.</summary>
    public static async Task<WebApplication> StartBarePassAsync(string upstream)
    {
        var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
        var app = Builder().Build();
        app.Map("/{**rest}", async (HttpContext context) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse(context.Request.Method), upstream + context.Request.Path + context.Request.QueryString);
            if (context.Request.ContentLength > 0)
            {
                request.Content = new StreamContent(context.Request.Body);
            }

            using var answer = await client.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentLength = answer.Content.Headers.ContentLength;
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }

    public static async Task<WebApplication> StartForwardingAsync(RSA rsa, string upstream)
    {
        var builder = GatehouseBuilder(rsa);
        builder.Configuration.AddInMemoryCollection([new("CLERK_SECRET_KEY", "sk_test_of_nobody")]);
        builder.Services.AddGatehouse().AddRole("reader", "read:things");
        var app = builder.Build();
        app.UseGatehouse();
        app.MapForwarding("/{**rest}", new Uri(upstream)).RequirePermission("read:things");
        await app.StartAsync();
        return app;
    }

    public static async Task<WebApplication> StartForwardAuthAsync(RSA rsa)
    {
        var builder = GatehouseBuilder(rsa);
        builder.Configuration.AddInMemoryCollection(
        [
            new("CLERK_SECRET_KEY", "sk_test_of_nobody"),
            new("Gatehouse:ForwardAuth:Proxies:0", "127.0.0.1"),
            new("Gatehouse:ForwardAuth:Rules:things:Permission", "read:things"),
        ]);
        builder.Services.AddGatehouse().AddForwardAuth().AddRole("reader", "read:things");
        var app = builder.Build();
        app.UseGatehouse();
        app.MapForwardAuth();
        await app.StartAsync();
        return app;
    }

    private static WebApplicationBuilder GatehouseBuilder(RSA rsa)
    {
        var builder = Builder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("CLERK_PUBLISHABLE_KEY", "pk_test_" + Convert.ToBase64String(Encoding.UTF8.GetBytes(new Uri(SessionTokens.Issuer).Host + "$"))),
            new("CLERK_JWT_KEY", rsa.ExportSubjectPublicKeyInfoPem()),
            new("Gatehouse:AuthorizedParties:0", SessionTokens.Origin),
        ]);
        return builder;
    }

    private static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]);
        builder.Logging.ClearProviders();
        return builder;
    }
}
