using System.Diagnostics.CodeAnalysis;
using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>
/// Where somebody who opens a page behind a proxy signs in. There is no page of ours at that host that could end a round that leads nowhere,
/// so these redirects are counted like those to Clerk.
/// </summary>
internal sealed class SignInRedirect(ClerkAddresses addresses, CookieNames names, RedirectGuard guard)
{
    public bool TryFind(HttpContext context, [NotNullWhen(true)] out string? location)
    {
        location = null;
        if (context.Features.Get<BrowserArrival>() is not { Visit: { IsNavigation: true } visit, Reading.SignInHelps: true } arrival
            || !arrival.Entrance.Demands.AuthorizedParties.Contains(visit.Origin))
        {
            return false;
        }

        var cookies = SessionCookies.Read(visit.Headers.Cookie, names);
        if (!guard.Admits(cookies))
        {
            return false;
        }

        BrowserEdge.Keep(context, [CookieWriter.Count(cookies, visit.IsSecure)]);
        location = addresses.SignIn(visit.AddressWith(new VisitQuery(visit.Query).Clean));
        return true;
    }
}
