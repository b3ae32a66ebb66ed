using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.AspNetCore.Authorization;
using Gatehouse.AspNetCore.ForwardAuth.Internal;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>Cookie sessions at this app's own requests: reads once, gives the browser its cookies, and sends people to sign in.</summary>
internal sealed class BrowserEdge(SessionReader reader, CookieWriter writer, CookieNames names, ClerkAddresses addresses)
{
    /// <summary>Reads the session of a request, once for all who ask: what renews it works once.</summary>
    public async ValueTask<SessionReading> ReadAsync(HttpContext context, CookieEntrance entrance)
    {
        if (context.Features.Get<BrowserArrival>() is { } known && known.Entrance == entrance)
        {
            return known.Reading;
        }

        // A proxy that asks for its client has told of another request.
        var visit = context.Features.Get<BrowserVisit>() ?? BrowserVisit.Of(context);
        var reading = visit.IsPartOfAPage && !IsDemanded(context)
            ? SessionReading.Nobody
            : await reader.ReadAsync(visit, entrance, context.RequestAborted).ConfigureAwait(false);
        context.Features.Set(new BrowserArrival(entrance, visit, reading));
        if (reading.Text is { } text)
        {
            context.Features.Set(new PresentedToken(text));
        }

        if (reading.ChangesCookies)
        {
            Keep(context, writer.Lines(reading, SessionCookies.Read(visit.Headers.Cookie, names), visit.IsSecure));
        }

        return reading;
    }

    // Styles and pictures that everybody may have come in dozens, and would renew the session of each page that was left open.
    private static bool IsDemanded(HttpContext context) => context.GetEndpoint() is not { Metadata: var metadata }
        || metadata.GetMetadata<PermissionMetadata>() is not null
        || metadata.GetMetadata<IAuthorizeData>() is not null
        || metadata.GetMetadata<AuthorizationPolicy>() is not null
        || metadata.GetMetadata<ForwardAuthMetadata>() is not null;

    /// <summary>Gives cookies with the answer, whoever writes it, and keeps every cache from giving them to somebody else.</summary>
    public static void Keep(HttpContext context, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            context.Response.OnStarting(() =>
            {
                foreach (var line in lines)
                {
                    context.Response.Headers.Append("Set-Cookie", line);
                }

                context.Response.Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            });
        }
    }

    /// <summary>Sends a browser on. 307, as Clerk does: the method stays what it was.</summary>
    public static void Redirect(HttpContext context, string location, int status = StatusCodes.Status307TemporaryRedirect)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        context.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>Sends whoever opens a page without a session to the sign-in page, and by way of <c>return</c> back to this one.</summary>
    /// <returns>Whether that was the answer.</returns>
    public bool TrySendToSignIn(HttpContext context)
    {
        if (context.Features.Get<BrowserArrival>() is not { Visit: { IsNavigation: true } visit, Reading.SignInHelps: true } arrival
            || !arrival.Entrance.Demands.AuthorizedParties.Contains(visit.Origin)
            || context.Request.Path.StartsWithSegments(SessionEndpoints.Path, StringComparison.Ordinal))
        {
            return false;
        }

        var page = new Uri(visit.AddressWith(new VisitQuery(visit.Query).Clean)).PathAndQuery;
        Redirect(context, SignInAddress(visit, page), StatusCodes.Status302Found);
        return true;
    }

    /// <summary>The sign-in page's address, from where the browser comes back to a page of this app.</summary>
    public string SignInAddress(BrowserVisit visit, string page) =>
        addresses.SignIn($"{visit.Origin}{SessionEndpoints.Path}/return{QueryString.Create("to", page)}");
}
