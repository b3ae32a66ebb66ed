using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.AspNetCore.Authorization.Internal;
using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Gatehouse.AspNetCore.Operators.Internal;
using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.AspNetCore.RateLimiting.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>Decides about the client's request by the same steps, in the same order, as about one of this app's own.</summary>
internal sealed class ForwardAuthJudge(
    Doorman doorman,
    LimitGate limits,
    IOptions<RateLimitOptions> policies,
    PermissionJudge permissions,
    OperatorJudge operators,
    InstanceRoles roles,
    SignInRedirect signIn)
{
    public async ValueTask<ForwardAuthVerdict> JudgeAsync(HttpContext context, NamedRule rule)
    {
        EndpointLimit[] covering = rule.Demands.RateLimit is { } name ? [new EndpointLimit(policies.Value.Policies[name], 1)] : [];
        if (covering.Length > 0
            && await limits.AdmitByAddressAsync(context, covering).ConfigureAwait(false) is var early and not LimitVerdict.Admitted)
        {
            return RefusedBy(early);
        }

        var arrival = await doorman.ReadAsync(context, rule.Entrance).ConfigureAwait(false);
        if (arrival.Location is { } elsewhere)
        {
            return ForwardAuthVerdict.Elsewhere(StatusCodes.Status307TemporaryRedirect, RefusalCodes.SessionExpired, elsewhere);
        }

        if (arrival.Principal is not { } caller)
        {
            return Unknown(context);
        }

        return await limits.AdmitAsync(context, covering, caller).ConfigureAwait(false) is var verdict and not LimitVerdict.Admitted
            ? RefusedBy(verdict)
            : await JudgeAsync(caller, rule.Demands, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The caller's application role, for the service behind the proxy; null for none, and where nobody can say.</summary>
    public async ValueTask<string?> RoleOfAsync(ClerkPrincipal caller, CancellationToken cancellationToken) =>
        caller.Role.NeedsDirectory
            ? (await roles.FindAsync(caller.Token, cancellationToken).ConfigureAwait(false)).Role
            : caller.Role.Role;

    private ForwardAuthVerdict Unknown(HttpContext context)
    {
        var refusal = context.Features.Get<EntranceRefusal>() ?? new EntranceRefusal("unauthenticated", StatusCodes.Status401Unauthorized);
        return signIn.TryFind(context, out var location)
            ? ForwardAuthVerdict.Elsewhere(StatusCodes.Status302Found, refusal.Code, location)
            : ForwardAuthVerdict.Refused(refusal.Status, refusal.Code);
    }

    private async ValueTask<ForwardAuthVerdict> JudgeAsync(ClerkPrincipal caller, ForwardAuthRule rule, CancellationToken cancellationToken)
    {
        if (rule.Role is { } role)
        {
            var answer = caller.Role.NeedsDirectory
                ? await roles.FindAsync(caller.Token, cancellationToken).ConfigureAwait(false)
                : RoleAnswer.Of(caller.Role.Role);
            if (!answer.IsKnown || answer.Role != role)
            {
                return answer.IsKnown ? Forbidden() : RoleUnknown();
            }
        }

        if (rule.Permission is { } permission)
        {
            var verdict = await permissions.JudgeAsync(caller, permission, cancellationToken).ConfigureAwait(false);
            if (verdict != PermissionVerdict.Granted)
            {
                return verdict == PermissionVerdict.Unknown ? RoleUnknown() : Forbidden();
            }
        }

        if (rule.Operator is { } right)
        {
            var verdict = await operators.JudgeAsync(caller, right, recently: false, cancellationToken).ConfigureAwait(false);
            if (verdict != OperatorVerdict.Granted)
            {
                return OperatorHandler.ProblemOf(verdict) is { } problem ? ForwardAuthVerdict.Refused(problem.Status, problem.Code) : Forbidden();
            }
        }

        return ForwardAuthVerdict.Passed(caller);
    }

    private static ForwardAuthVerdict RefusedBy(LimitVerdict verdict) => verdict == LimitVerdict.Exceeded
        ? ForwardAuthVerdict.Refused(StatusCodes.Status429TooManyRequests, "rate-limited")
        : ForwardAuthVerdict.Refused(StatusCodes.Status503ServiceUnavailable, "limits-unavailable");

    private static ForwardAuthVerdict Forbidden() => ForwardAuthVerdict.Refused(StatusCodes.Status403Forbidden, "forbidden");

    private static ForwardAuthVerdict RoleUnknown() =>
        ForwardAuthVerdict.Refused(StatusCodes.Status503ServiceUnavailable, PermissionGate.UnknownRole);
}
