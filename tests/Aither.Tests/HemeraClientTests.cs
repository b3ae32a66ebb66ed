using System.Net;
using Aither.Upstream;
using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Testbed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static Gatehouse.Testbed.ReplayHandler;

namespace Aither.Tests;

/// <summary>The typed client over a transport that replays answers.</summary>
public sealed class HemeraClientTests
{
    private const string Course =
        """{"id":"c1","title":"One","startsAt":"2026-01-12T08:00:00.000Z","endsAt":"2026-01-13T15:30:00.000Z"}""";

    private const string Participation =
        """{"id":"p1","courseId":"c1","status":"confirmed","resultOutcome":"passed","resultNotes":null,"user":{"id":"u"}}""";

    [Fact]
    [Proves("A11", "A15", "A16")]
    public async Task The_token_is_sent_exactly_as_its_source_gives_it_and_the_last_answer_repeats()
    {
        var tokens = new StubTokens(_ => "mock-token");
        using var replay = new ReplayHandler(Answer.Json($"[{Course}]"), Answer.Json("[]"));
        await using var services = Provide(tokens, replay);
        var hemera = services.GetRequiredService<HemeraClient>();

        Assert.Single(await hemera.GetServiceCoursesAsync(CancellationToken.None));
        Assert.Empty(await hemera.GetServiceCoursesAsync(CancellationToken.None));
        Assert.Empty(await hemera.GetServiceCoursesAsync(CancellationToken.None));

        Assert.Equal(3, tokens.Asked);
        Assert.Equal(3, replay.Requests.Count);
        Assert.All(replay.Requests, request =>
        {
            Assert.Equal(HttpMethod.Get, request.Method);
            Assert.Equal("https://api.hemera.academy/api/service/courses", request.Address.AbsoluteUri);
            Assert.Equal("Bearer mock-token", request.Authorization);
        });
    }

    [Fact]
    [Proves("A11")]
    public async Task Each_method_has_its_address_and_reads_its_answer()
    {
        using var replay = new ReplayHandler(Answer.Json($"{Course[..^1]},\"participations\":[{Participation}]}}"), Answer.Json(Participation));
        using var http = new HttpClient(replay) { BaseAddress = new Uri("https://api.hemera.academy/") };
        var hemera = new HemeraClient(http);

        var course = await hemera.GetCourseAsync("c 1/..", CancellationToken.None);
        Assert.Equal(new HemeraParticipation("p1", "c1", "confirmed", "passed", null), Assert.Single(course!.Participations));
        await hemera.GetParticipationAsync("p?1", CancellationToken.None);
        var written = await hemera.PutResultAsync("p1", new HemeraResult("failed", null), CancellationToken.None);
        Assert.Equal("p1", written!.Id);

        Assert.Equal(
            [
                "GET /api/service/courses/c%201%2F.. ",
                "GET /api/service/participations/p%3F1 ",
                """PUT /api/service/participations/p1/result {"resultOutcome":"failed","resultNotes":null}""",
            ],
            replay.Requests.Select(request => $"{request.Method} {request.Address.AbsolutePath} {request.Body}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task What_is_no_id_is_not_sent(string id)
    {
        using var replay = new ReplayHandler(Answer.Json(Course));
        using var http = new HttpClient(replay) { BaseAddress = new Uri("https://api.hemera.academy/") };
        await Assert.ThrowsAsync<ArgumentException>(() => new HemeraClient(http).GetCourseAsync(id, CancellationToken.None));
        Assert.Empty(replay.Requests);
    }

    [Fact]
    public async Task What_Hemera_does_not_know_is_null()
    {
        using var replay = new ReplayHandler(new Answer(HttpStatusCode.NotFound));
        using var http = new HttpClient(replay) { BaseAddress = new Uri("https://api.hemera.academy/") };
        var hemera = new HemeraClient(http);
        Assert.Null(await hemera.GetCourseAsync("c1", CancellationToken.None));
        Assert.Null(await hemera.GetParticipationAsync("p1", CancellationToken.None));
        Assert.Null(await hemera.PutResultAsync("p1", new HemeraResult("passed", null), CancellationToken.None));
        Assert.Equal(HemeraFailure.Unexpected, (await Assert.ThrowsAsync<HemeraException>(() => hemera.GetServiceCoursesAsync(CancellationToken.None))).Failure);
    }

    [Theory]
    [InlineData(400, HemeraFailure.Unexpected)]
    [InlineData(401, HemeraFailure.TokenRefused)]
    [InlineData(403, HemeraFailure.Forbidden)]
    [InlineData(302, HemeraFailure.Unexpected)]
    [InlineData(415, HemeraFailure.Unexpected)]
    [InlineData(429, HemeraFailure.Unavailable)]
    [InlineData(500, HemeraFailure.Unavailable)]
    [InlineData(503, HemeraFailure.Unavailable)]
    public async Task Each_refusal_has_its_reason(int status, HemeraFailure failure)
    {
        using var replay = new ReplayHandler(Answer.RetryAfter((HttpStatusCode)status, 7));
        using var http = new HttpClient(replay) { BaseAddress = new Uri("https://api.hemera.academy/") };
        var thrown = await Assert.ThrowsAsync<HemeraException>(() => new HemeraClient(http).GetServiceCoursesAsync(CancellationToken.None));
        Assert.Equal(failure, thrown.Failure);
        Assert.Equal(TimeSpan.FromSeconds(7), thrown.RetryAfter);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("""[{"id":"c1","title":null,"startsAt":"2026-01-12T08:00:00Z","endsAt":"2026-01-12T08:00:00Z"}]""")]
    [InlineData("""[{"id":1,"title":"One","startsAt":"2026-01-12T08:00:00Z","endsAt":"2026-01-12T08:00:00Z"}]""")]
    [InlineData("""[{"id":"c1","title":"One","startsAt":"soon","endsAt":"2026-01-12T08:00:00Z"}]""")]
    public async Task An_answer_that_cannot_be_read_is_unexpected(string body)
    {
        using var replay = new ReplayHandler(Answer.Json(body));
        using var http = new HttpClient(replay) { BaseAddress = new Uri("https://api.hemera.academy/") };
        var thrown = await Assert.ThrowsAsync<HemeraException>(() => new HemeraClient(http).GetServiceCoursesAsync(CancellationToken.None));
        Assert.Equal(HemeraFailure.Unexpected, thrown.Failure);
    }

    [Fact]
    public async Task No_answer_is_unavailable()
    {
        using var replay = new ReplayHandler(Answer.Throws(new HttpRequestException("connection refused")));
        using var http = new HttpClient(replay) { BaseAddress = new Uri("https://api.hemera.academy/") };
        var thrown = await Assert.ThrowsAsync<HemeraException>(() => new HemeraClient(http).GetServiceCoursesAsync(CancellationToken.None));
        Assert.Equal(HemeraFailure.Unavailable, thrown.Failure);
    }

    private static ServiceProvider Provide(StubTokens tokens, ReplayHandler replay)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("CLERK_MACHINE_SECRET_KEY", "ak_0123456789")]).Build());
        services.AddHttpClient<HemeraClient>(http => http.BaseAddress = new Uri("https://api.hemera.academy/"))
            .ConfigurePrimaryHttpMessageHandler(() => replay)
            .AddServiceToken("hemera");
        services.AddKeyedSingleton<IServiceTokenSource>("hemera", tokens);
        return services.BuildServiceProvider();
    }
}
