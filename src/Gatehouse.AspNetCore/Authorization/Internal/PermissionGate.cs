using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.AspNetCore.Problems.Internal;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>
/// Stands in front of an endpoint's own handler, so that nothing reaches it but through here: no other spelling of the path, and no
/// pipeline in which a middleware was forgotten: whoever is not known is refused.
/// </summary>
internal sealed class PermissionGate
{
    public const string UnknownRole = "role-unavailable";

    private readonly Entrances _entrances;
    private readonly string _scheme;
    private readonly RequestDelegate _next;
    private readonly Question? _question;

    private PermissionGate(Entrances entrances, string scheme, RequestDelegate next, Question? question) =>
        (_entrances, _scheme, _next, _question) = (entrances, scheme, next, question);

    private delegate ValueTask<PermissionVerdict> Question(ClerkPrincipal principal, CancellationToken cancellationToken);

    /// <summary>Puts a gate before an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="permission">What its callers must be allowed to do; null for whoever is known.</param>
    public static void Guard(EndpointBuilder endpoint, string? permission) => Guard(
        endpoint,
        judge => permission is null ? null : (principal, cancellationToken) => judge.JudgeAsync(principal, permission, cancellationToken));

    /// <summary>Puts a gate before an endpoint that asks only those who come by a key or an application.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="permission">What their scopes must allow.</param>
    public static void GuardScopes(EndpointBuilder endpoint, string permission) => Guard(
        endpoint,
        judge => (principal, _) => ValueTask.FromResult(judge.JudgeScopes(principal, permission)));

    /// <summary>The same, and machines pass with people.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="permission">What the scopes of keys and applications must allow.</param>
    public static void GuardKeys(EndpointBuilder endpoint, string permission) => Guard(
        endpoint,
        judge => (principal, _) => ValueTask.FromResult(judge.JudgeKeys(principal, permission)));

    private static void Guard(EndpointBuilder endpoint, Func<PermissionJudge, Question?> ask)
    {
        if (endpoint.RequestDelegate is not { } next || endpoint.Metadata.OfType<IAllowAnonymous>().Any())
        {
            return;
        }

        var services = endpoint.ApplicationServices;
        var scheme = endpoint.Metadata.OfType<EntranceMetadata>().LastOrDefault()?.Name ?? GatehouseDefaults.Scheme;
        var gate = new PermissionGate(
            services.GetRequiredService<Entrances>(), scheme, next, ask(services.GetRequiredService<PermissionJudge>()));
        endpoint.RequestDelegate = gate.InvokeAsync;
    }

    private Task InvokeAsync(HttpContext context)
    {
        if (context.User is not ClerkPrincipal principal)
        {
            return Doorman.ChallengeAsync(context, _entrances.Get(_scheme));
        }

        if (_question is null)
        {
            return _next(context);
        }

        var judging = _question(principal, context.RequestAborted);
        return judging.IsCompletedSuccessfully ? AnswerAsync(context, judging.Result) : AnswerWhenJudgedAsync(context, judging);
    }

    private async Task AnswerWhenJudgedAsync(HttpContext context, ValueTask<PermissionVerdict> judging) =>
        await AnswerAsync(context, await judging.ConfigureAwait(false)).ConfigureAwait(false);

    private Task AnswerAsync(HttpContext context, PermissionVerdict verdict)
    {
        switch (verdict)
        {
            case PermissionVerdict.Granted:
                return _next(context);
            case PermissionVerdict.Unknown:
                context.Response.Headers.RetryAfter = "5";
                return context.WriteProblemAsync(StatusCodes.Status503ServiceUnavailable, UnknownRole);
            default:
                return Doorman.ForbidAsync(context, _entrances.Get(_scheme));
        }
    }
}
