using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests;

/// <summary><c>/healthz</c> and <c>/readyz</c>, to the letter.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task A_process_lives_and_without_anything_to_be_unwell_of_is_ready()
    {
        await using var app = await SmallApp.StartAsync(_ => { }, app => app.MapHealth());
        Assert.Equal((200, """{"status":"ok"}"""), await app.GetAsync("/healthz"));
        Assert.Equal((200, """{"status":"ready","reasons":[]}"""), await app.GetAsync("/readyz"));
        using var response = await app.Client.GetAsync("/readyz");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Each_check_that_is_not_content_is_a_code_and_no_text_of_an_exception_gets_out()
    {
        await using var app = await SmallApp.StartAsync(
            services => services.AddHealthChecks()
                .AddCheck("well", () => HealthCheckResult.Healthy("all is well"))
                .AddCheck("coded", () => HealthCheckResult.Unhealthy("store-away"))
                .AddCheck("degraded", () => HealthCheckResult.Degraded())
                .AddCheck("talkative", () => HealthCheckResult.Unhealthy("Server=db;Password=secret"))
                .AddCheck("failed", () => HealthCheckResult.Unhealthy("secret", new InvalidOperationException("secret")))
                .AddCheck("thrown", () => throw new InvalidOperationException("secret")),
            app => app.MapHealth());
        Assert.Equal(
            (503, """{"status":"unready","reasons":["store-away","degraded","talkative","failed","thrown"]}"""), await app.GetAsync("/readyz"));
        Assert.Equal((200, """{"status":"ok"}"""), await app.GetAsync("/healthz"));
        var line = Assert.Single(app.Log.Lines, line => line.Failure is not null);
        Assert.Equal("The health check thrown failed", line.Text);
    }

    [Fact]
    public async Task A_check_that_does_not_end_counts_as_unwell_when_its_time_is_over()
    {
        await using var app = await SmallApp.StartAsync(
            services => services.AddHealthChecks().AddAsyncCheck(
                "slow", () => new TaskCompletionSource<HealthCheckResult>().Task, timeout: TimeSpan.FromMilliseconds(50)),
            app => app.MapHealth());
        Assert.Equal((503, """{"status":"unready","reasons":["slow"]}"""), await app.GetAsync("/readyz"));
    }

    [Fact]
    public async Task The_log_says_it_when_readiness_changes_and_not_at_each_asking()
    {
        var well = true;
        await using var app = await SmallApp.StartAsync(
            services => services.AddHealthChecks().AddCheck("moody", () => well ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy()),
            app => app.MapHealth());
        foreach (var next in (bool[])[true, false, false, false, true, true])
        {
            well = next;
            Assert.Equal(next ? 200 : 503, (await app.GetAsync("/readyz")).Status);
        }

        Assert.Equal(
            [(LogLevel.Warning, "Not ready: moody"), (LogLevel.Information, "Ready again")],
            app.Log.Lines.Where(line => line.Category.EndsWith("Readiness", StringComparison.Ordinal)).Select(line => (line.Level, line.Text)));
    }
}
