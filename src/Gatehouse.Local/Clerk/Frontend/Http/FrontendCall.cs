using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Tokens;
using Gatehouse.Local.Clerk.Users;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>A browser's request, as an operation sees it.</summary>
internal sealed class FrontendCall(HttpRequest request, ClerkWorld world, BrowserClient? client, FrontendForm form)
{
    private const int LongestAddress = 2048;
    private const int FreshMinutes = 10;

    public BrowserClient? Client { get; private set; } = client;

    public FrontendForm Form { get; } = form;

    public QueryReader Query { get; } = new(request.Query);

    public string Method => request.Method;

    public string Path => request.Path.Value ?? "";

    /// <summary>The page that the caller is part of; tokens name it as <c>azp</c>.</summary>
    public string? Origin => request.Headers.Origin is [{ Length: > 0 } origin] ? origin : null;

    /// <summary>This server's own address, as the browser knows it.</summary>
    public string Self => $"{request.Scheme}://{request.Host}";

    public string Route(string name) => (string)request.RouteValues[name]!;

    public string? QueryText(string name) => request.Query.TryGetValue(name, out var values) ? values[^1] : null;

    /// <summary>Where the form asks for the browser to be sent. A place that browsers may not be sent to is a fault.</summary>
    public string? ReadRedirect(OriginPolicy origins)
    {
        var asked = Form.Text("redirect_url", LongestAddress);
        var address = origins.ReadRedirect(asked);
        if (asked is not null && address is null)
        {
            Form.Refuse(FrontendErrors.RedirectInvalid);
        }

        return address?.AbsoluteUri;
    }

    /// <summary>The browser's client, made now if it has none.</summary>
    public BrowserClient RequireClient() => Client ??= ClientSessions.NewClient(world);

    /// <summary>Lets an operation be taken only by who is signed in: by the session that the request names, or else the browser's own.</summary>
    public FrontendAnswer WithUser(Func<Session, User, FrontendAnswer> handle)
    {
        if (Client is null)
        {
            return FrontendErrors.AuthenticationInvalid;
        }

        var session = QueryText("_clerk_session_id") is { Length: > 0 } id
            ? ClientSessions.Open(world, Client).FirstOrDefault(open => open.Id == id)
            : ClientSessions.Current(world, Client);
        return session is not null && world.Data.Users.Find(session.UserId) is { } user
            ? handle(session, user)
            : FrontendErrors.SignedOut;
    }

    /// <summary>
    /// Lets an operation be taken only by who has lately proved to be that user, by the strongest factor that the session knows: what a
    /// passer-by at an open screen should not be able to do.
    /// </summary>
    public FrontendAnswer WithFreshUser(Func<Session, User, FrontendAnswer> handle) =>
        WithUser((session, user) => IsFresh(session) ? handle(session, user) : FrontendErrors.ReverificationRequired);

    /// <summary>Whether a factor was proved lately enough for what is grave, where the instance asks for that.</summary>
    public bool IsFresh(Session session)
    {
        var now = world.Clock.NowMilliseconds;
        var age = session.SecondFactorAt is null ? SessionTokens.FirstFactorAge(session, now) : SessionTokens.SecondFactorAge(session, now);
        return !world.Reverification || age < FreshMinutes;
    }

    /// <summary>Finds a session of this browser by the route, whether it is open or over.</summary>
    public FrontendAnswer WithSession(Func<BrowserClient, Session, FrontendAnswer> handle)
    {
        if (Client is null)
        {
            return FrontendErrors.AuthenticationInvalid;
        }

        return world.Data.Sessions.Find(Route("session_id")) is { } session && session.ClientId == Client.Id
            ? handle(Client, session)
            : FrontendErrors.SessionNotFound(Route("session_id"));
    }
}
