using System.Net;
using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Tests;

public sealed class ReportOnlyTests
{
    [Fact]
    public async Task A_party_that_is_not_listed_is_reported_and_let_in()
    {
        await using var app = await EdgeApp.StartAsync(entrance =>
        {
            entrance.AuthorizedParties.Add("https://elsewhere.example.com");
            entrance.ReportOnly.Add(TokenFailure.AuthorizedParty);
        });
        await LetInAndReportedAsync(app, "/me", app.Forge.Session(), "(authorized-party)");
    }

    [Fact]
    public async Task A_lacking_permission_is_reported_and_let_in()
    {
        await using var app = await EdgeApp.StartAsync(settings: ("Gatehouse:ReportOnlyPermissions", "true"));
        await LetInAndReportedAsync(app, "/free", app.SessionOf("nobody"), "(permission)");
    }

    [Fact]
    public async Task A_limit_is_reported_and_let_through_with_its_true_state()
    {
        await using var app = await EdgeApp.StartAsync(services: services => services.Configure<RateLimitOptions>(options => options.ReportOnly.Add("api")));
        for (var call = 0; call < 5; call++)
        {
            (await app.SendAsync("/api/read", app.SessionOf("reader"))).Dispose();
        }

        await LetInAndReportedAsync(app, "/api/read", app.SessionOf("reader"), "(limit)");
    }

    [Theory]
    [InlineData(TokenFailure.Signature)]
    [InlineData(TokenFailure.Expired)]
    [InlineData(TokenFailure.Revoked)]
    [InlineData(TokenFailure.Scope)]
    [InlineData(TokenFailure.Issuer)]
    public async Task What_makes_a_token_false_cannot_be_left_open(TokenFailure failure) =>
        await Assert.ThrowsAnyAsync<Exception>(() => EdgeApp.StartAsync(entrance => entrance.ReportOnly.Add(failure)));

    private static async Task LetInAndReportedAsync(EdgeApp app, string path, string token, string refusal)
    {
        using var response = await app.SendAsync(path, token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(app.Log.Lines, line => line.Text.Contains("would have been refused", StringComparison.Ordinal) && line.Text.Contains(refusal, StringComparison.Ordinal));
    }
}
