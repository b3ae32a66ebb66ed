using System.Text.Json;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.AspNetCore.Problems.Internal;
using Gatehouse.Clerk.Api;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>What pages with a cookie session need of their app: the ways in and out, who is signed in, and the module that keeps a page going.</summary>
internal sealed partial class SessionEndpoints(
    BrowserEdge browsers,
    CookieWriter writer,
    Entrances entrances,
    ClerkBackendClient clerk,
    RevocationList revocations,
    TimeProvider time,
    ILogger<SessionEndpoints> logger)
{
    /// <summary>Below which all of it is.</summary>
    public const string Path = "/auth";

    private const string Module = "Gatehouse.AspNetCore.session.js";

    // A session token lives an hour at most; past that there is nothing left to refuse.
    private static readonly TimeSpan LongestToken = TimeSpan.FromHours(1);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).ExcludeFromDescription();
        group.MapEmbeddedAsset("/session.js", typeof(SessionEndpoints).Assembly, Module, "text/javascript; charset=utf-8");
        group.MapGet("/session", By((here, context) => here.TellAsync(context))).RequireCaller();
        group.MapGet("/sign-in", By((here, context) => here.SignInAsync(context)));
        group.MapGet("/return", (RequestDelegate)ReturnAsync);
        group.MapPost("/sign-out", By((here, context) => here.SignOutAsync(context)));
    }

    // Made at the first request and not at the mapping, so that wrong settings are told at the start, all of them together.
    private static RequestDelegate By(Func<SessionEndpoints, HttpContext, Task> answer) =>
        context => answer(context.RequestServices.GetRequiredService<SessionEndpoints>(), context);

    private async Task TellAsync(HttpContext context)
    {
        var token = ((ClerkPrincipal)context.User).Token;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        var json = new Utf8JsonWriter(context.Response.BodyWriter);
        await using var disposal = json.ConfigureAwait(false);
        json.WriteStartObject();
        json.WriteString("userId", token.Subject);
        json.WriteString("sessionId", token.SessionId);

        // The time that is left and not the time of day: the browser's clock may be any.
        json.WriteNumber("expiresInSeconds", Math.Max(0, (long)(token.ExpiresAt - time.GetUtcNow()).TotalSeconds));
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private Task SignInAsync(HttpContext context)
    {
        var page = LocalPath.Of(context.Request.Query["return"]);
        var visit = BrowserVisit.Of(context);
        if (context.User is ClerkPrincipal)
        {
            BrowserEdge.Redirect(context, page, StatusCodes.Status302Found);
            return Task.CompletedTask;
        }

        if (entrances.Get(GatehouseDefaults.Scheme).Cookies is not { } cookies
            || !cookies.Demands.AuthorizedParties.Contains(visit.Origin))
        {
            return context.WriteProblemAsync(StatusCodes.Status400BadRequest, "unknown-origin");
        }

        BrowserEdge.Redirect(context, browsers.SignInAddress(visit, page), StatusCodes.Status302Found);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Where the sign-in page sends a browser back to. Whoever is signed in now goes on to the page; whoever is not hears it here, and is not
    /// sent to sign in again: a browser without cookies would go round for ever.
    /// </summary>
    private static Task ReturnAsync(HttpContext context)
    {
        if (context.User is not ClerkPrincipal)
        {
            return context.WriteProblemAsync(StatusCodes.Status401Unauthorized, "not-signed-in");
        }

        BrowserEdge.Redirect(context, LocalPath.Of(context.Request.Query["to"]), StatusCodes.Status302Found);
        return Task.CompletedTask;
    }

    private async Task SignOutAsync(HttpContext context)
    {
        if (context.Features.Get<EntranceRefusal>() is { Status: not StatusCodes.Status401Unauthorized } refusal)
        {
            await context.WriteProblemAsync(refusal.Status, refusal.Code).ConfigureAwait(false);
            return;
        }

        if (context.User is ClerkPrincipal { Token.SessionId: { } session } caller && !await EndAsync(session, caller.Subject).ConfigureAwait(false))
        {
            // Still signed in at Clerk, and so everywhere: to clear the cookies would only look like signing out.
            context.Response.Headers.RetryAfter = "5";
            await context.WriteProblemAsync(StatusCodes.Status503ServiceUnavailable, RefusalCodes.ClerkUnavailable).ConfigureAwait(false);
            return;
        }

        BrowserEdge.Keep(context, writer.Farewell(context.Request.IsHttps));
        var page = context.Request.HasFormContentType
            ? (await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false))["return"]
            : context.Request.Query["return"];
        BrowserEdge.Redirect(context, LocalPath.Of(page), StatusCodes.Status303SeeOther);
    }

    private async Task<bool> EndAsync(string session, string subject)
    {
        try
        {
            // Not the browser's to break off: half a sign-out is none.
            await clerk.Sessions.RevokeAsync(session, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ClerkApiException over) when (over.Failure is ClerkFailure.NotFound or ClerkFailure.Rejected)
        {
            // It had ended already.
        }
        catch (ClerkApiException away)
        {
            Log.SignOutFailed(logger, session, away);
            return false;
        }

        // Its tokens are good for a minute more: not here.
        var now = time.GetUtcNow();
        revocations.Add(new Revocation(RevocationKind.Session, session, now, now + LongestToken));
        Log.SignedOut(logger, subject, session);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SignOutFailed, LogLevel.Error, "Session {SessionId} could not be ended at Clerk; nobody was signed out")]
        public static partial void SignOutFailed(ILogger logger, string sessionId, Exception away);

        [LoggerMessage(EventIds.SignedOut, LogLevel.Information, "{Subject} signed out of session {SessionId}")]
        public static partial void SignedOut(ILogger logger, string subject, string sessionId);
    }
}
