namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>The cookies of one Clerk instance (Clerk fact: backend constants). Compared whole and to the letter, never by a prefix.</summary>
internal sealed class CookieNames(string suffix)
{
    public const string Session = "__session";
    public const string ClientUat = "__client_uat";
    public const string DevBrowser = "__clerk_db_jwt";
    public const string Handshake = "__clerk_handshake";
    public const string HandshakeNonce = "__clerk_handshake_nonce";
    public const string RedirectCount = "__clerk_redirect_count";

    public string SuffixedSession { get; } = $"{Session}_{suffix}";

    public string SuffixedClientUat { get; } = $"{ClientUat}_{suffix}";

    public string SuffixedDevBrowser { get; } = $"{DevBrowser}_{suffix}";

    /// <summary>Clerk's servers read it by this name only.</summary>
    public string Refresh { get; } = $"__refresh_{suffix}";

    /// <summary>All that Clerk may have an app set.</summary>
    public IReadOnlyList<string> Settable =>
        [Session, SuffixedSession, ClientUat, SuffixedClientUat, DevBrowser, SuffixedDevBrowser, Refresh];

    public bool IsSession(string name) => name == Session || name == SuffixedSession;

    public bool IsClientUat(string name) => name == ClientUat || name == SuffixedClientUat;
}
