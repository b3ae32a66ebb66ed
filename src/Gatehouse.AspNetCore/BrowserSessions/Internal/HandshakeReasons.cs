namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>Why a browser is sent to Clerk, in Clerk's own words: they end in its logs and figures.</summary>
internal static class HandshakeReasons
{
    public const string DevBrowserSync = "dev-browser-sync";
    public const string DevBrowserMissing = "dev-browser-missing";
    public const string SessionWithoutUat = "session-token-but-no-client-uat";
    public const string UatWithoutSession = "client-uat-but-no-session-token";
    public const string SessionBeforeUat = "session-token-iat-before-client-uat";
    public const string Expired = "session-token-expired";
    public const string NotYetValid = "session-token-nbf";
    public const string IssuedInFuture = "session-token-iat-in-the-future";
}
