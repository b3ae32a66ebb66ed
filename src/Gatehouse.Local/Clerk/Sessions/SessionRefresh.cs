using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.Sessions;

/// <summary>Trading an expired session token and a refresh token for a new session token, as servers do without a handshake.</summary>
internal sealed class SessionRefresh(ClerkWorld world)
{
    private const int CookieSeconds = 365 * 24 * 3600;
    private const int MaximumTokenLength = 64 * 1024;

    // Clerk does not publish its limit; a day is longer than any test of the others needs.
    private const long OldestSeconds = 24 * 3600;

    public void Map(ClerkRoutes routes) => routes.Post("/sessions/{session_id}/refresh", Refresh);

    private ClerkAnswer Refresh(ClerkCall call)
    {
        var expired = call.Form.RequiredText("expired_token", MaximumTokenLength);
        var refresh = call.Form.RequiredText("refresh_token", MaximumTokenLength);
        var origin = call.Form.RequiredText("request_origin", MaximumTokenLength);
        var format = call.Form.OneOf("format", "token", "cookie") ?? "token";
        var suffixed = call.Query.Flag("suffixed_cookies") == true;
        call.Form.Object("request_headers");
        call.Form.Text("request_originating_ip");
        if ((call.Form.Faults() ?? call.Query.Faults()) is { } faults)
        {
            return faults;
        }

        var (session, refusal) = Check(call.Route("session_id"), expired, refresh, origin);
        if (session is null)
        {
            return refusal!;
        }

        session.LastActiveAt = world.Clock.NowMilliseconds;
        var token = SessionTokens.Create(world, session, origin, seconds: null);
        return format == "token" ? AsToken(token) : AsCookies(token, suffixed);
    }

    private (Session? Session, ClerkError? Refusal) Check(string sessionId, string expired, string refresh, string origin)
    {
        if (!IsOrigin(origin))
        {
            return (null, RefreshErrors.OriginInvalid);
        }

        if (TokenReader.Read(world.Data.Keys, expired) is not { } token)
        {
            return (null, RefreshErrors.TokenInvalid);
        }

        if (CheckToken(token.Header, token.Claims, sessionId, origin) is { } refusal)
        {
            return (null, refusal);
        }

        var (session, unfit) = CheckSession(sessionId, refresh);
        if (session is null)
        {
            return (null, unfit);
        }

        // Last, so that a request that is refused for another reason does not use the token up.
        return session.RefreshTokens.TryConsume(TokenReader.Text(token.Claims, "jti") ?? expired)
            ? (session, null)
            : (null, RefreshErrors.Consumed);
    }

    private ClerkError? CheckToken(JsonObject header, JsonObject claims, string sessionId, string origin)
    {
        if (TokenReader.Text(header, "cat") is not (null or TokenCategory.Session))
        {
            return RefreshErrors.Ineligible;
        }

        if (TokenReader.Text(claims, "sid") is not { } sid)
        {
            return RefreshErrors.SessionIdMissing;
        }

        if (sid != sessionId)
        {
            return RefreshErrors.SessionIdMismatch;
        }

        if (TokenReader.Text(claims, "azp") is not { } party)
        {
            return RefreshErrors.PartyMissing;
        }

        if (party != origin)
        {
            return RefreshErrors.PartyMismatch;
        }

        return TokenReader.Number(claims, "iat") is not { } issuedAt ? RefreshErrors.IssueTimeMissing
            : world.Clock.NowSeconds - issuedAt > OldestSeconds ? RefreshErrors.TooOld
            : null;
    }

    private (Session? Session, ClerkError? Refusal) CheckSession(string sessionId, string refresh)
    {
        if (world.Data.Sessions.Find(sessionId) is not { } session)
        {
            return (null, RefreshErrors.SessionNotFound(sessionId));
        }

        if (session.StatusAt(world.Clock.NowMilliseconds) != SessionStatus.Active)
        {
            return (null, RefreshErrors.SessionInactive);
        }

        if (!session.RefreshTokens.Hold(refresh))
        {
            return (null, RefreshErrors.RefreshTokenNotFound);
        }

        return world.Data.Users.Find(session.UserId) is null ? (null, RefreshErrors.UserNotFound) : (session, null);
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);

    private static ClerkAnswer AsToken(UnsignedToken token) => ClerkAnswer.Apart(200, json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "token");
        json.WriteString("jwt", token.Sign());
        json.WriteEndObject();
    });

    private static ClerkAnswer AsCookies(UnsignedToken token, bool suffixed) => ClerkAnswer.Apart(200, json =>
    {
        var jwt = token.Sign();
        json.WriteStartObject();
        json.WriteString("object", "cookies");
        json.WriteStartArray("cookies");
        json.WriteStringValue(Line(CookieNames.Session, jwt));
        if (suffixed)
        {
            json.WriteStringValue(Line(CookieNames.Suffixed(CookieNames.Session), jwt));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Line(string name, string value) => $"{name}={value}; Path=/; Max-Age={CookieSeconds}; SameSite=Lax";
}
