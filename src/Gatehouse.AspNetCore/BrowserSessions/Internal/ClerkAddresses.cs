using Gatehouse.Clerk;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>Where at Clerk a browser is sent. Nothing that a request says chooses the host.</summary>
internal sealed class ClerkAddresses
{
    private readonly string _frontend;
    private readonly string _signIn;

    public ClerkAddresses(IOptions<ClerkOptions> clerk, IOptions<BrowserSessionOptions> options)
    {
        _ = PublishableKey.TryParse(clerk.Value.PublishableKey, out var key);
        Key = key;
        _frontend = clerk.Value.ProxyUrl?.TrimEnd('/') ?? key.Issuer;
        _signIn = options.Value.SignInUrl ?? SignInPage(key, clerk.Value.ProxyUrl);
    }

    public PublishableKey Key { get; }

    /// <summary>The handshake's address, which answers at <paramref name="back"/> who the browser is.</summary>
    public string Handshake(string back, string reason, string? devBrowser)
    {
        var query = QueryString.Create("redirect_url", back)
            .Add("__clerk_api_version", ClerkDefaults.ApiVersion)
            .Add("suffixed_cookies", "true")
            .Add("__clerk_hs_reason", reason)
            .Add("format", "nonce");
        return $"{_frontend}/v1/client/handshake{(devBrowser is null ? query : query.Add(CookieNames.DevBrowser, devBrowser))}";
    }

    /// <summary>The sign-in page, which sends the browser back to <paramref name="back"/>.</summary>
    public string SignIn(string back) =>
        $"{_signIn}{(_signIn.Contains('?', StringComparison.Ordinal) ? '&' : '?')}redirect_url={Uri.EscapeDataString(back)}";

    // Clerk fact: the account portal stands beside the Frontend API, without "clerk." in development and as "accounts." in production.
    private static string SignInPage(PublishableKey key, string? proxy)
    {
        if (proxy is not null && new Uri(proxy) is { IsLoopback: true } local)
        {
            return $"{local.GetLeftPart(UriPartial.Authority)}/sign-in";
        }

        var host = key.FrontendApiHost;
        return key.IsDevelopment
            ? $"https://{host.Replace(".clerk.", ".", StringComparison.Ordinal)}/sign-in"
            : $"https://accounts.{(host.StartsWith("clerk.", StringComparison.Ordinal) ? host["clerk.".Length..] : host)}/sign-in";
    }
}
