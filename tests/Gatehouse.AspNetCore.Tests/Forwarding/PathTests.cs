using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Gatehouse.AspNetCore.Forwarding;
using Gatehouse.AspNetCore.Forwarding.Internal;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

public sealed class PathTests
{
    private static readonly UpstreamAddress Base = new(new Uri("http://upstream/base"), "rest");

    [Theory]
    [InlineData("/to/../admin")]
    [InlineData("/to/./x")]
    [InlineData("/to/..")]
    [InlineData("/to/x/.")]
    [InlineData("/to/...")]
    [InlineData("/to/..;/admin")]
    [InlineData("/to/..;a=b/admin")]
    [InlineData("/to/..%3b/admin")]
    [InlineData("/to/;/admin")]
    [InlineData("/to/;a")]
    [InlineData("/to/%2e%2e/admin")]
    [InlineData("/to/.%2E/admin")]
    [InlineData("/to/a%2eb")]
    [InlineData("/to/%252e%252e/admin")]
    [InlineData("/to/%25252e/admin")]
    [InlineData("/to/a%2fb")]
    [InlineData("/to/a%2Fb")]
    [InlineData("/to/a%252Fb")]
    [InlineData("/to/a%5cb")]
    [InlineData("/to/a%5Cb")]
    [InlineData("/to/a\\b")]
    [InlineData("/to//admin")]
    [InlineData("//to/admin")]
    [InlineData("/to/a//")]
    [InlineData("/to/a%00b")]
    [InlineData("/to/a%0d%0aX-User-ID:%20user_1")]
    [InlineData("/to/a%0ab")]
    [InlineData("/to/a%1fb")]
    [InlineData("/to/a%7fb")]
    [InlineData("/to/a%c2%85b")]
    [InlineData("/to/%c0%ae%c0%ae/admin")]
    [InlineData("/to/%e0%80%af")]
    [InlineData("/to/%ff")]
    [InlineData("/to/%ed%a0%80")]
    [InlineData("/to/%ef%bc%8e%ef%bc%8e/admin")]
    [InlineData("/to/a%ef%bc%8fb")]
    [InlineData("/to/%")]
    [InlineData("/to/%4")]
    [InlineData("/to/%zz")]
    [InlineData("/to/a#b")]
    [InlineData("/to/a?b#c")]
    public async Task A_path_that_can_be_read_in_two_ways_goes_nowhere(string target)
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.StartAsync(app =>
            app.MapForwarding("/{**rest}", upstream.Address, options => options.Token = ForwardedToken.None));
        var answer = await RawHttp.AskAsync(front.Address, $"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData("http://a/to/x")]
    [InlineData("http://elsewhere.example.com/to/x")]
    public async Task An_absolute_target_goes_nowhere(string target) => await A_path_that_can_be_read_in_two_ways_goes_nowhere(target);

    [Fact]
    public async Task A_path_that_another_middleware_has_rewritten_goes_nowhere()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.StartAsync(
            app => app.MapForwarding("/to/{**rest}", upstream.Address, options => options.Token = ForwardedToken.None),
            first: app => app.Use((context, next) =>
            {
                context.Request.Path = "/to/admin";
                return next(context);
            }));
        using var response = await front.SendAsync("/to/x");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("path-refused", (await EntranceTests.ProblemAsync(response)).GetProperty("code").GetString());
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_base_path_of_the_app_stays_behind()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.StartAsync(
            app => app.MapForwarding("/{tenant}/to/{**rest}", upstream.Address, options => options.Token = ForwardedToken.None),
            first: app => app.UsePathBase("/below"));
        using var response = await front.SendAsync("/below/one/to/x/y%20z?q");
        Assert.Equal("/x/y%20z?q", upstream.Request.Target);
    }

    [Fact]
    public void Whatever_is_joined_stays_below_the_upstreams_path_and_reads_as_the_router_read_it()
    {
        var counts = Counts.Of("forwarding-paths");
        var pieces = Gen.Elements(
            "a", "B", "7", ".", "..", "/", "//", "%2f", "%2e", "%5c", "\\", ";", ":", "@", "%25", "2e", "%20", "%c3%a4", "%c0%ae", "%00", "%", "?", "#", "&", "=",
            "\u00e4", " ", "\r\n", "~", "-", "_", "http:", "%ef%bc%8f", "%3b", "%3f", "%23");
        var texts = pieces.ListOf().Select(list => string.Concat(list)).ToArbitrary();
        var passed = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(counts.Count).WithReplay((ulong)counts.Seed, 1), Prop.ForAll(texts, text =>
        {
            var target = "/to/" + text;
            var path = target.Split('?')[0];
            var rest = Uri.UnescapeDataString(path["/to/".Length..]);   // as a router would read it
            if (!Base.TryJoin(target, rest, out var address))
            {
                return true;
            }

            passed++;
            var plain = new Uri(address);   // and as a server would that folds whatever can be folded
            return plain.Host == "upstream"
                && (plain.AbsolutePath == "/base" || plain.AbsolutePath.StartsWith("/base/", StringComparison.Ordinal))
                && plain.Fragment.Length == 0
                && address == "http://upstream/base" + (rest.Length > 0 ? target["/to".Length..] : target[path.Length..])
                && !Uri.UnescapeDataString(plain.AbsolutePath).Contains("..", StringComparison.Ordinal) == !rest.Contains("..", StringComparison.Ordinal);
        }));
        Assert.True(passed > counts.Count / 20, $"only {passed} of {counts.Count} were joined: the property says little");
    }
}
