namespace Gatehouse.Host.Tests.Serve;

/// <summary>Caddy, with <c>docs/forward-auth/Caddyfile</c>.</summary>
public sealed class CaddyTests : ForwardAuthSuite
{
    private const string Program = "/usr/bin/caddy";

    private protected override IEnumerable<(string Setting, string Value)> Rule =>
    [
        ("caddy:Permission", "shop:visit"),
        ("caddy:RateLimit", "site"),
        ("caddy:Redirect", "true"),
        ("caddy:NumberedCookies", "true"),
    ];

    private protected override Task<ProxyProcess> StartProxyAsync(string address, params (string Written, string Here)[] addresses) =>
        ProxyProcess.StartAsync(
            Program,
            address,
            "Caddyfile",
            addresses,
            site => $$"""
                {
                    admin off
                    auto_https off
                }

                {{site}}
                """,
            (_, file) => ["run", "--adapter", "caddyfile", "--config", file]);
}
