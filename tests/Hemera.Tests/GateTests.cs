using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hemera.Tests;

/// <summary>Where the gate stands, and what stands outside it.</summary>
public sealed class GateTests
{
    [Fact]
    [Proves("A42", "A49")]
    public async Task Every_service_endpoint_demands_a_permission_and_a_limit_of_its_own()
    {
        await using var hemera = await HemeraHost.StartAsync();
        var service = hemera.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(4, service.Count);
        Assert.All(service, endpoint =>
        {
            Assert.Contains(endpoint.Metadata.OfType<Gatehouse.AspNetCore.Authorization.PermissionMetadata>(), demand => demand.Permission is not null);
            Assert.Empty(endpoint.Metadata.OfType<IAllowAnonymous>());
            Assert.Equal("service", endpoint.Metadata.GetMetadata<RateLimitMetadata>()?.PolicyName);
        });
    }

    [Theory]
    [Proves("A42")]
    [InlineData("/api/service/courses/")]
    [InlineData("/API/SERVICE/COURSES")]
    [InlineData("//api/service/courses")]
    [InlineData("/api//service/courses")]
    [InlineData("/api/./service/courses")]
    [InlineData("/swagger/../api/service/courses")]
    [InlineData("/healthz/../api/service/courses")]
    [InlineData("/api%2Fservice%2Fcourses")]
    [InlineData("/%61pi/service/courses")]
    [InlineData("/api/service/courses%2f")]
    [InlineData("/api/service/courses;a=b")]
    [InlineData("/api\\service\\courses")]
    [InlineData("/api/service/courses?/../../healthz")]
    [InlineData("/api/service/courses#.css")]
    [InlineData("http://hemera/api/service/courses")]
    public async Task No_spelling_of_a_path_leads_around_the_gate(string path)
    {
        await using var hemera = await HemeraHost.StartAsync();
        var answer = await RawHttp.SendAsync(
            hemera.Client.BaseAddress!, $"GET {path} HTTP/1.1\r\nHost: hemera\r\nConnection: close\r\n\r\n");
        Assert.Contains(answer["HTTP/1.1 ".Length..][..3], (string[])["400", "401", "404"]);
        Assert.DoesNotContain("Presence and Voice", answer, StringComparison.Ordinal);
        Assert.Empty(hemera.Log.Alarms);
    }

    [Theory]
    [Proves("A43")]
    [InlineData("/healthz", 200)]
    [InlineData("/readyz", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/swagger/index.html", 200)]
    [InlineData("/swagger/swagger-ui.css", 200)]
    [InlineData("/favicon.ico", 404)]
    [InlineData("/api/service/courses", 401)]
    public async Task Pages_need_no_token_and_the_api_always_does(string path, int status)
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var response = await hemera.GetAsync(path, null);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_root_leads_to_the_page_and_health_is_plain()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var root = await hemera.GetAsync("/", null);
        Assert.Equal(302, (int)root.StatusCode);
        Assert.Equal("/swagger", root.Headers.Location?.OriginalString);
        using var health = await hemera.GetAsync("/healthz", null);
        Assert.Equal("""{"status":"ok"}""", await health.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_document_tells_what_a_client_must_know()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var response = await hemera.GetAsync("/openapi/v1.json", null);
        var document = await response.JsonAsync();
        Assert.Equal(
            ["/api/service/courses", "/api/service/courses/{id}", "/api/service/participations/{id}", "/api/service/participations/{id}/result"],
            document.GetProperty("paths").Names());
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString());
        var put = document.GetProperty("paths").GetProperty("/api/service/participations/{id}/result").GetProperty("put");
        Assert.Equal(["200", "400", "401", "403", "404", "415", "429", "500", "503"], put.GetProperty("responses").Names().Order());
        Assert.Equal(["resultOutcome", "resultNotes"], put.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("properties").Names());
        Assert.Equal(["bearer"], put.GetProperty("security")[0].Names());
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Equal(["type", "title", "status", "code", "error", "details"], schemas.GetProperty("Problem").GetProperty("properties").Names());
        var course = schemas.GetProperty("CourseSummary").GetProperty("properties");
        Assert.Equal("date-time", course.GetProperty("startsAt").GetProperty("format").GetString());
        Assert.Equal("integer", course.GetProperty("capacity").GetProperty("type").GetString());
        Assert.True(course.TryGetProperty("_count", out _));
    }

    [Fact]
    [Proves("G22")]
    public async Task Outside_development_browsers_are_told_to_use_https()
    {
        await using var hemera = await HemeraHost.StartAsync(services => services.AddSingleton<IStartupFilter, BehindTls>());
        using var response = await hemera.GetAsync("/healthz", null);
        Assert.Equal("max-age=2592000", response.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task No_keys_of_data_protection_are_written_for_nothing()
    {
        await using var hemera = await HemeraHost.StartAsync();
        Assert.Null(hemera.App.Services.GetService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>());
    }

    [Fact]
    [Proves("A20")]
    public async Task A_wrong_configuration_stops_the_start_and_names_every_fault()
    {
        await using var app = HemeraApp.Build([], configuration => configuration.AddInMemoryCollection(
        [
            new("urls", "http://127.0.0.1:0"),
            new("CLERK_PUBLISHABLE_KEY", "pk_test_nonsense"),
            new("CLERK_API_URL", "http://clerk.example.com"),
            new("Gatehouse:Machines:aither:Role", "superuser"),
        ]), HemeraHost.Quiet);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync());
        Assert.True(failure is AggregateException or OptionsValidationException);
        Assert.Contains("CLERK_PUBLISHABLE_KEY must be", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CLERK_API_URL must be an absolute https address", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'aither' is no machine's id", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Gatehouse:MachineId", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Server=db;Database=hemera")]
    [InlineData("Data Source=")]
    public async Task A_connection_string_that_is_no_file_stops_the_start(string connection)
    {
        var forge = new TokenForge(TimeProvider.System);
        await using var app = HemeraApp.Build([], configuration => configuration.AddInMemoryCollection(
            [new("urls", "http://127.0.0.1:0"), .. HemeraHost.ClerkOf(forge), new("ConnectionStrings:Hemera", connection)]), HemeraHost.Quiet);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());
        Assert.Equal("ConnectionStrings:Hemera must be a file's path, or Data Source= and the path.", failure.Message);
    }

    private sealed class BehindTls : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((HttpContext context, RequestDelegate rest) =>
            {
                context.Request.Scheme = "https";
                context.Request.Host = new HostString("api.hemera.academy");
                return rest(context);
            });
            next(app);
        };
    }
}
