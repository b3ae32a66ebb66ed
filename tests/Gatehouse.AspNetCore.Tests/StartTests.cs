using System.Net;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.AspNetCore.Authorization;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Every_wrong_setting_is_named_at_the_start()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => EdgeApp.StartAsync(settings:
        [
            ("Gatehouse:MachineId", "not-a-machine"),
            ("Gatehouse:AuthorizedParties:0", "https://app.example.com/"),
            ("Gatehouse:TrustTemplateRole", "true"),
            ("Gatehouse:Skew", "00:05:00"),
            ("Gatehouse:Machines:mch_1:Role", "no-such-role"),
            ("Gatehouse:RoleClaim", ""),
            ("Gatehouse:TemplateClaim", ""),
            ("Gatehouse:MaximumLifetimes:Template", "00:00:00"),
            ("CLERK_API_URL", "http://clerk.example.com"),
            ("CLERK_PUBLISHABLE_KEY", null),
        ]));
        var message = string.Join('\n', Messages(refused));
        Assert.Contains("MachineId: must be a machine's id", message, StringComparison.Ordinal);
        Assert.Contains("'https://app.example.com/' is no origin", message, StringComparison.Ordinal);
        Assert.Contains("TrustTemplateRole: needs TemplateClaim or Audiences", message, StringComparison.Ordinal);
        Assert.Contains("RoleClaim: must name a claim", message, StringComparison.Ordinal);
        Assert.Contains("TemplateClaim: must name a claim, or be left out", message, StringComparison.Ordinal);
        Assert.Contains("MaximumLifetimes: must be more than zero", message, StringComparison.Ordinal);
        Assert.Contains("CLERK_PUBLISHABLE_KEY is needed", message, StringComparison.Ordinal);
        Assert.Contains("Skew: must be 0 to 60 seconds", message, StringComparison.Ordinal);
        Assert.Contains("machine mch_1 needs a Role that exists", message, StringComparison.Ordinal);
        Assert.Contains("CLERK_API_URL", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machine_tokens_are_not_taken_by_a_receiver_that_does_not_know_itself()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => EdgeApp.StartAsync(settings: [("Gatehouse:MachineId", null)]));
        Assert.Contains("set Gatehouse:MachineId", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TokenClass.None)]
    [InlineData(TokenClass.Handshake)]
    public async Task An_entrance_takes_only_what_it_can_verify(TokenClass classes) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => EdgeApp.StartAsync(entrance => entrance.Classes = classes));

    [Fact]
    public async Task An_app_that_cannot_know_whose_tokens_to_take_does_not_start()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => EdgeApp.StartAsync(settings: [("CLERK_PUBLISHABLE_KEY", null)]));
        Assert.Contains("CLERK_PUBLISHABLE_KEY is needed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_published_keys_do_not_start_outside_development()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => EdgeApp.StartAsync(settings:
            [("CLERK_PUBLISHABLE_KEY", "pk_test_Z2F0ZWhvdXNlLWxvY2FsLTEuY2xlcmsuYWNjb3VudHMuZGV2JA")]));
        Assert.Contains("anybody can sign with them", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_names_a_limit_or_an_entrance_that_nobody_added_stops_the_start()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => EdgeApp.StartAsync(endpoints: app =>
        {
            app.MapGet("/limited", () => "limited").RequireRateLimit("apii");
            app.MapGroup("/machines").RequireEntrance("machine").MapGet("/one", () => "one").RequirePermission("read");
        }));
        Assert.Equal(
            "HTTP: GET /limited demands the limit 'apii', which nobody has added (AddRateLimit); "
            + "HTTP: GET /machines/one demands the entrance 'machine', which nobody has added (AddEntrance)",
            refused.Message);
    }

    [Fact]
    public async Task Nothing_listens_while_an_endpoint_names_what_nobody_added()
    {
        WebApplication? started = null;
        await Assert.ThrowsAsync<InvalidOperationException>(() => EdgeApp.StartAsync(endpoints: app =>
        {
            started = app;
            app.MapGet("/limited", () => "limited").RequireRateLimit("apii");
        }));
        Assert.All(started!.Urls, url => Assert.EndsWith(":0", url, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_permission_that_no_role_and_no_scope_grants_is_told_of_at_the_start_and_refuses()
    {
        await using var app = await EdgeApp.StartAsync(
            settings: [("Gatehouse:Scopes:archive:0", "list")],
            endpoints: routes =>
            {
                routes.MapGet("/typo", () => "typo").RequirePermission("raed");
                routes.MapGet("/attribute-typo", [RequirePermission("wriet")] () => "typo");
                routes.MapGet("/scoped", () => "scoped").RequirePermission("list");
                routes.MapGet("/opened", () => "opened").RequirePermission("nobody").AllowAnonymous();
            });
        Assert.Equal(
            ["HTTP: GET /attribute-typo demands the permission wriet", "HTTP: GET /typo demands the permission raed"],
            app.Log.Lines.Where(line => line.Level == LogLevel.Warning && line.Text.Contains("demands the permission", StringComparison.Ordinal))
                .Select(line => line.Text.Split(',')[0]).Order(StringComparer.Ordinal));
        using var refused = await app.SendAsync("/typo", app.SessionOf("admin"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task An_entrance_that_nobody_added_lets_nobody_in_even_without_the_check()
    {
        await using var app = await EdgeApp.StartAsync();
        var entrances = app.Services.GetRequiredService<Entrances>();
        Assert.Throws<InvalidOperationException>(() => entrances.Get("machine"));
    }

    private static IEnumerable<string> Messages(Exception exception) => exception switch
    {
        AggregateException many => many.InnerExceptions.SelectMany(Messages),
        OptionsValidationException options => options.Failures,
        _ => [exception.Message],
    };
}
