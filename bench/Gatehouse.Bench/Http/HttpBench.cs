using System.Security.Cryptography;
using Gatehouse.Bench.Verify;

namespace Gatehouse.Bench.Http;

/// <summary>
/// Requests a second at an endpoint that demands a token and a permission, against bare Kestrel that is sent the same bytes, each driven by
/// wrk on the same machine in turns; a decision for a proxy; forwarding against a proxy that decides nothing; and Clerk's package for Express against bare Express.
/// </summary>
internal static class HttpBench
{
    private const string Bare = "bare Kestrel";
    private const string Ours = "Gatehouse, seen token";
    private const string Usual = "Gatehouse by ASP.NET Core's authorization, seen token";
    private const string Unseen = "Gatehouse, never-seen tokens";
    private const string ForwardAuth = "Gatehouse, forward-auth decision";
    private const string BarePass = "bare proxy pass";
    private const string Forwarded = "Gatehouse, forwarded with the caller's seen token";
    private const string Express = "bare Express";
    private const string Clerk = "@clerk/express";

    // What nginx tells of its client.
    private static readonly string[] Proxied =
        ["X-Forwarded-Method: GET", "X-Forwarded-Proto: https", "X-Forwarded-Host: shop.example.com", "X-Forwarded-Uri: /things?page=2", "X-Forwarded-For: 203.0.113.9"];

    public static async Task<BenchReport> RunAsync(BenchOptions options)
    {
        using var rsa = RSA.Create(2048);
        var tokens = SessionTokens.Make(rsa, options.Quick ? 2_000 : 20_000, SessionTokens.ReadersRole);
        await using var bare = await BenchApps.StartBareAsync();
        await using var ours = await BenchApps.StartGatehouseAsync(rsa, cacheSize: null);
        await using var uncached = await BenchApps.StartGatehouseAsync(rsa, cacheSize: 0);
        await using var barePass = await BenchApps.StartBarePassAsync(bare.Urls.Single());
        await using var forwarding = await BenchApps.StartForwardingAsync(rsa, bare.Urls.Single());
        await using var forwardAuth = await BenchApps.StartForwardAuthAsync(rsa);
        using var script = new TokenScript(tokens);
        using var express = await NodeServer.StartAsync("http-server.mjs", "bare", rsa);
        using var clerk = await NodeServer.StartAsync("http-server.mjs", "clerk", rsa);

        var measured = await Contestant.MeasureAsync(
            options,
            Wrk.Contestant(Bare, bare.Urls.Single(), tokens[0]),
            Wrk.Contestant(Ours, ours.Urls.Single(), tokens[0]),
            Wrk.Contestant(Usual, ours.Urls.Single(), tokens[0], path: "/usual"),
            Wrk.Contestant(Unseen, uncached.Urls.Single(), tokens[0], script.Path),
            Wrk.Contestant(ForwardAuth, forwardAuth.Urls.Single(), tokens[0], path: "/auth/verify/things", headers: Proxied),
            Wrk.Contestant(BarePass, barePass.Urls.Single(), tokens[0]),
            Wrk.Contestant(Forwarded, forwarding.Urls.Single(), tokens[0]),
            Wrk.Contestant(Express, express.Url, tokens[0]),
            Wrk.Contestant(Clerk, clerk.Url, tokens[0]));

        var ratio = measured[Ours] / measured[Bare];
        return new BenchReport(
            "http",
            [
                .. measured.Select(rate => new BenchRow(rate.Key, rate.Value, "requests/s")),
                new BenchRow("Gatehouse, seen token / bare Kestrel", ratio, "ratio"),
                new BenchRow("the same by ASP.NET Core's authorization / bare Kestrel", measured[Usual] / measured[Bare], "ratio"),
                new BenchRow("Gatehouse, never-seen / bare Kestrel", measured[Unseen] / measured[Bare], "ratio"),
                new BenchRow("Gatehouse, forward-auth decision / bare Kestrel", measured[ForwardAuth] / measured[Bare], "ratio"),
                new BenchRow("Gatehouse, forwarded / bare proxy pass", measured[Forwarded] / measured[BarePass], "ratio"),
                new BenchRow("@clerk/express / bare Express", measured[Clerk] / measured[Express], "ratio"),
            ],
            [new BenchAim("authenticated request with permission, seen token, against bare Kestrel", ratio, ">= 0.85", ratio >= 0.85)]);
    }
}
