using Gatehouse.AspNetCore.Forwarding;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

public sealed class StartTests
{
    private static readonly Uri Behind = new("http://localhost:5420");

    [Fact]
    public async Task Every_wrong_setting_is_named()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => FrontApp.StartAsync(
            app => app.MapForwarding("/to", new Uri("http://analyzer.example.com/x?q=1#f"), options =>
            {
                options.Service = " ";
                options.Origin = "https://app.example.com/";
                options.Timeout = TimeSpan.Zero;
                options.IdleTimeout = TimeSpan.FromDays(2);
                options.StreamIdleTimeout = TimeSpan.FromDays(8);
                options.MaximumBodyBytes = -1;
                options.MaximumResponseBytes = -1;
                options.Token = ForwardedToken.CallerOf(TokenClass.Session | TokenClass.Handshake);
            }),
            settings: ("CLERK_SECRET_KEY", null)));
        Assert.Equal(
            [
                "Upstream: must have neither query, fragment nor user: the request brings its own query",
                "Upstream: must be https (or http on loopback): a token is never sent in clear",
                "Timeout: must be 00:00:00.0100000 to 01:00:00",
                "IdleTimeout: must be 00:00:00.0100000 to 1.00:00:00",
                "StreamIdleTimeout: must be 00:00:00.0100000 to 7.00:00:00",
                "Service: must name the upstream",
                "Token: may name Session, Template, M2M, OAuth, ApiKey only",
                "Origin: 'https://app.example.com/' is no origin: write scheme, host and port as browsers send them, such as https://app.example.com",
                "MaximumBodyBytes: must be 0 or more, or null",
                "MaximumResponseBytes: must be 0 or more, or null",
                "Token: CLERK_SECRET_KEY is needed to mint tokens for callers' sessions, whose own may be about to expire",
            ],
            refused.Failures.Select(failure => failure.Replace("Property ", "", StringComparison.Ordinal).Replace("Forwarding to  : ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_app_that_cannot_know_its_own_origin_does_not_start()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => FrontApp.StartAsync(
            app => app.MapForwarding("/to", Behind), entrance => entrance.AuthorizedParties.Clear()));
        Assert.Contains("Origin: set it, or list the app's origins in Gatehouse:AuthorizedParties", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_entrance_that_counts_is_the_routes_own_wherever_it_is_named()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => FrontApp.StartAsync(
            app => app.MapGroup("/group").RequireEntrance("other").MapForwarding("/to", Behind),
            gatehouse: gatehouse => gatehouse.AddEntrance("other")));
        Assert.Contains("Origin: set it", refused.Message, StringComparison.Ordinal);
        await using var told = await FrontApp.StartAsync(
            app => app.MapGroup("/group").RequireEntrance("other").MapForwarding("/to", Behind, options => options.Origin = "https://app.example.com"),
            gatehouse: gatehouse => gatehouse.AddEntrance("other"));
    }

    [Theory]
    [InlineData("analyzer")]
    [InlineData("ftp://analyzer.example.com")]
    public async Task An_upstream_that_is_no_http_address_is_refused(string upstream)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => FrontApp.StartAsync(
            app => app.MapForwarding("/to", new Uri(upstream, UriKind.RelativeOrAbsolute))));
        Assert.Contains("must be an absolute http or https address", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_token_that_was_not_added_is_refused()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => FrontApp.StartAsync(
            app => app.MapForwarding("/to", Behind, options => options.Token = ForwardedToken.Service("nobody"))));
        Assert.Contains("no service token is called 'nobody': add it with AddServiceToken", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upstream_in_clear_is_taken_where_no_token_is_sent()
    {
        await using var front = await FrontApp.StartAsync(
            app => app.MapForwarding("/to", new Uri("http://analyzer.example.com"), options => options.Token = ForwardedToken.None));
    }

    [Fact]
    public void An_app_without_gatehouse_is_told_so()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Contains("AddGatehouse", Assert.Throws<InvalidOperationException>(() => app.MapForwarding("/to", Behind)).Message, StringComparison.Ordinal);
    }
}
