using Gatehouse.AspNetCore.Authorization;
using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Analyzer.Tests;

/// <summary>Where the gate stands, and what stands outside it.</summary>
public sealed class GateTests
{
    [Fact]
    [Proves("G16", "G17")]
    public async Task Every_endpoint_of_the_api_demands_a_caller_and_a_limit()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var api = analyzer.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.Contains("user_modules", StringComparison.Ordinal) || endpoint.RoutePattern.RawText.StartsWith("/api", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(7, api.Count);
        Assert.All(api, endpoint =>
        {
            Assert.NotEmpty(endpoint.Metadata.OfType<PermissionMetadata>());
            Assert.Empty(endpoint.Metadata.OfType<IAllowAnonymous>());
            Assert.Equal("user", endpoint.Metadata.GetMetadata<RateLimitMetadata>()?.PolicyName);
        });
    }

    [Theory]
    [InlineData("/user_modules/user/{0}/")]
    [InlineData("/USER_MODULES/user/{0}")]
    [InlineData("//user_modules/user/{0}")]
    [InlineData("/user_modules//user/{0}")]
    [InlineData("/user_modules/user/./{0}")]
    [InlineData("/healthz/../user_modules/user/{0}")]
    [InlineData("/user_modules%2Fuser%2F{0}")]
    [InlineData("/user_modules/user/{0};a=b")]
    [InlineData("/user_modules\\user\\{0}")]
    [InlineData("/%75ser_modules/user/{0}")]
    [InlineData("http://analyzer/user_modules/user/{0}")]
    public async Task No_spelling_of_a_path_leads_around_the_gate(string path)
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("secret")).OkAsync();
        foreach (var header in (string[])["", $"Authorization: Bearer {analyzer.TokenOf(Some.UserId())}\r\n"])
        {
            var answer = await RawHttp.SendAsync(
                analyzer.Client.BaseAddress!, $"GET {string.Format(null, path, AnalyzerHost.Me)} HTTP/1.1\r\nHost: analyzer\r\n{header}Connection: close\r\n\r\n");
            Assert.Contains(answer["HTTP/1.1 ".Length..][..3], (string[])["400", "401", "403", "404"]);
            Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/healthz", 200)]
    [InlineData("/readyz", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/swagger/index.html", 200)]
    [InlineData("/", 302)]
    [InlineData("/favicon.ico", 404)]
    [InlineData("/api/chat", 401)]
    [InlineData("/api/stream", 401)]
    public async Task Pages_need_no_token_and_the_api_always_does(string path, int status)
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        using var response = await analyzer.GetAsync(path, null);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Null(response.Header("Server"));
    }

    [Fact]
    [Proves("G18")]
    public async Task Pages_of_other_origins_are_not_invited()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Options, AnalyzerHost.Save);
        request.Headers.Add("Origin", TokenForge.Origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using var preflight = await analyzer.Client.SendAsync(request);
        Assert.DoesNotContain(preflight.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.False(preflight.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_document_tells_what_a_client_must_know()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var document = await analyzer.GetAsync("/openapi/v1.json", null).OkAsync();
        var paths = document.GetProperty("paths");
        Assert.Equal(
            ["/api/chat", "/api/stream", "/api/user_modules/save", "/api/user_modules/user/{user_id}", "/api/user_modules/{id}", "/user_modules/user/{user_id}"],
            paths.Names().Order(StringComparer.Ordinal));
        var save = paths.GetProperty("/api/user_modules/save").GetProperty("post");
        Assert.Equal(["200", "400", "401", "403", "409", "413", "415", "429", "500", "503"], save.GetProperty("responses").Names().Order());
        var body = save.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Equal(["name", "content"], body.GetProperty("properties").Names());
        Assert.Equal(["bearer"], save.GetProperty("security")[0].Names());
        var list = paths.GetProperty("/user_modules/user/{user_id}").GetProperty("get");
        Assert.Equal(["user_id", "cursor", "limit"], list.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.Text("name")));
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Equal(["type", "title", "status", "code", "detail", "details"], schemas.GetProperty("Problem").GetProperty("properties").Names());
        Assert.Equal(["id", "user_id", "name", "content", "created_at", "updated_at"], schemas.GetProperty("Module").GetProperty("properties").Names());
        Assert.Equal("date-time", schemas.GetProperty("Module").GetProperty("properties").GetProperty("created_at").Text("format"));
    }

    [Fact]
    [Proves("G22")]
    public async Task Outside_development_browsers_are_told_to_use_https()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(services => services.AddSingleton<IStartupFilter, BehindTls>());
        using var response = await analyzer.GetAsync("/healthz", null);
        Assert.Equal("max-age=2592000", response.Header("Strict-Transport-Security"));
    }

    [Fact]
    [Proves("G22", "G40")]
    public async Task A_wrong_configuration_stops_the_start_and_names_every_fault()
    {
        await using var app = AnalyzerApp.Build([], configuration => configuration.AddInMemoryCollection(
        [
            new("urls", "http://127.0.0.1:0"),
            new("CLERK_PUBLISHABLE_KEY", "pk_test_nonsense"),
            new("CLERK_API_URL", "http://clerk.example.com"),
            new("Gatehouse:AuthorizedParties:0", "app.example.com"),
            new("Analyzer:RequestsPerMinute", "0"),
            new("ConnectionStrings:Analyzer", "Server=db"),
        ]), services => services.AddLogging(logging => logging.ClearProviders()));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync());
        Assert.Contains("CLERK_PUBLISHABLE_KEY must be", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CLERK_API_URL must be an absolute https address", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'app.example.com' is no origin", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Analyzer:RequestsPerMinute must be", failure.Message, StringComparison.Ordinal);
    }

    private sealed class BehindTls : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((HttpContext context, RequestDelegate rest) =>
            {
                context.Request.Scheme = "https";
                context.Request.Host = new HostString("analyzer.example.com");
                return rest(context);
            });
            next(app);
        };
    }
}
