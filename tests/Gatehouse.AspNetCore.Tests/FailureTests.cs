using System.Text.Json;
using Gatehouse.AspNetCore.Failures.Internal;
using Gatehouse.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests;

/// <summary>What an endpoint answers when it fails.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("/typed")]
    [InlineData("/delegate")]
    [InlineData("/group/typed")]
    public async Task A_store_that_is_away_is_503_with_the_time_to_come_back(string path)
    {
        await using var app = await StartAsync(new StoreAwayException());
        using var response = await app.Client.GetAsync(path);
        Assert.Equal("5", response.Headers.RetryAfter?.ToString());
        await AssertProblemAsync(response, 503, "unavailable", "Service unavailable");
        var line = Assert.Single(app.Log.Lines, line => line.Level == LogLevel.Warning);
        Assert.Equal("Failed to list things: the store has no room left: its disk is full (of the store)", line.Text);
        Assert.Empty(app.Log.Alarms);
    }

    [Theory]
    [InlineData("/typed")]
    [InlineData("/delegate")]
    public async Task A_fault_of_ours_is_500_and_says_nothing_of_itself(string path)
    {
        await using var app = await StartAsync(new InvalidOperationException("a secret"));
        using var response = await app.Client.GetAsync(path);
        await AssertProblemAsync(response, 500, "internal-error", "Internal server error");
        var line = Assert.Single(app.Log.Alarms);
        Assert.Equal((LogLevel.Error, "Failed to list things:", "a secret"), (line.Level, line.Text, line.Failure?.Message));
    }

    [Fact]
    public async Task A_request_that_is_put_wrongly_keeps_its_own_status()
    {
        await using var app = await StartAsync(new BadHttpRequestException("too large", 413));
        using var response = await app.Client.GetAsync("/typed");
        await AssertProblemAsync(response, 413, "too-large", "Request Entity Too Large", "Payload Too Large", "Content Too Large");
    }

    [Fact]
    public async Task An_answer_that_has_begun_is_cut_off_and_not_continued_with_another()
    {
        await using var app = await StartAsync(new StoreAwayException());
        using var response = await app.Client.GetAsync("/begun", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public void Every_outage_has_words_for_the_log() =>
        Assert.Distinct(Enum.GetValues<StoreFailure>().Except([StoreFailure.None]).Select(FailureGate.WordsFor));

    private static Task<SmallApp> StartAsync(Exception failure) => SmallApp.StartAsync(
        services => services.AddSingleton<IStoreDiagnosis, Diagnosis>(),
        app =>
        {
            app.MapGet("/typed", IResult () => throw failure).FailsTo("list things");
            app.MapGet("/delegate", (RequestDelegate)(_ => throw failure)).FailsTo("list things");
            app.MapGroup("/group").FailsTo("list things").MapGet("/typed", IResult () => throw failure);
            app.MapGet("/begun", (RequestDelegate)(async context =>
            {
                await context.Response.WriteAsync("begun");
                await context.Response.Body.FlushAsync();
                throw failure;
            })).FailsTo("list things");
        });

    private static async Task AssertProblemAsync(HttpResponseMessage response, int status, string code, params string[] details)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Contains(problem.GetProperty("detail").GetString(), details);
        Assert.Equal(5, problem.EnumerateObject().Count());
    }

    private sealed class StoreAwayException() : Exception("of the store");

    private sealed class Diagnosis : IStoreDiagnosis
    {
        public StoreFailure Diagnose(Exception failure) => failure is StoreAwayException ? StoreFailure.Full : StoreFailure.None;
    }
}
