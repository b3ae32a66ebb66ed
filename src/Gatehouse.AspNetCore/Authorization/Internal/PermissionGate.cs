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

    private readonly PermissionJudge _judge;
    private readonly Entrances _entrances;
    private readonly string _scheme;
    private readonly RequestDelegate _next;
    private readonly string? _permission;

    private PermissionGate(PermissionJudge judge, Entrances entrances, string scheme, RequestDelegate next, string? permission) =>
        (_judge, _entrances, _scheme, _next, _permission) = (judge, entrances, scheme, next, permission);

    /// <summary>Puts a gate before an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="permission">What its callers must be allowed to do; null for whoever is known.</param>
    public static void Guard(EndpointBuilder endpoint, string? permission)
    {
        if (endpoint.RequestDelegate is not { } next || endpoint.Metadata.OfType<IAllowAnonymous>().Any())
        {
            return;
        }

        var services = endpoint.ApplicationServices;
        var scheme = endpoint.Metadata.OfType<EntranceMetadata>().LastOrDefault()?.Name ?? GatehouseDefaults.Scheme;
        var gate = new PermissionGate(
            services.GetRequiredService<PermissionJudge>(), services.GetRequiredService<Entrances>(), scheme, next, permission);
        endpoint.RequestDelegate = gate.InvokeAsync;
    }

    private Task InvokeAsync(HttpContext context)
    {
        if (context.User is not ClerkPrincipal principal)
        {
            return Doorman.ChallengeAsync(context, _entrances.Get(_scheme));
        }

        if (_permission is null)
        {
            return _next(context);
        }

        var judging = _judge.JudgeAsync(principal, _permission, context.RequestAborted);
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
