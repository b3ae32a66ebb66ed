using System.Globalization;
using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.Frontend.Handshakes;

/// <summary>The cookies that a handshake has an app set: who is signed in, since when, and what this browser is called.</summary>
/// <remarks>Each is told with the instance's suffix and without. The session comes last: servers read it from the last line that has one.</remarks>
internal static class HandshakeDirectives
{
    private const int Seconds = 365 * 24 * 3600;
    private const string ClientUat = "__client_uat";
    private const string DevBrowser = "__clerk_db_jwt";

    public static IReadOnlyList<string> For(ClerkWorld world, BrowserClient client, Session? session, Uri app)
    {
        var secure = app.Scheme == Uri.UriSchemeHttps ? "; Secure" : "";
        var since = session is null ? "0" : (client.UpdatedAt / 1000).ToString(CultureInfo.InvariantCulture);
        var lines = new List<string>();
        AddBoth(DevBrowser, client.DevBrowser, Seconds);
        AddBoth(ClientUat, since, Seconds);
        if (session is null)
        {
            lines.Add(Line(CookieNames.Suffixed(CookieNames.Refresh), "", 0, "; HttpOnly"));
            AddBoth(CookieNames.Session, "", 0);
        }
        else
        {
            // Servers read the refresh token by its suffixed name only.
            lines.Add(Line(CookieNames.Suffixed(CookieNames.Refresh), session.RefreshTokens.Issue(world.Ids), Seconds, "; HttpOnly"));
            AddBoth(CookieNames.Session, SessionTokens.Create(world, session, OriginPolicy.OriginOf(app), seconds: null).Sign(), Seconds);
        }

        return lines;

        void AddBoth(string name, string value, int seconds)
        {
            lines.Add(Line(name, value, seconds));
            lines.Add(Line(CookieNames.Suffixed(name), value, seconds));
        }

        string Line(string name, string value, int seconds, string more = "") =>
            $"{name}={value}; Path=/; Max-Age={seconds.ToString(CultureInfo.InvariantCulture)}; SameSite=Lax{secure}{more}";
    }
}
