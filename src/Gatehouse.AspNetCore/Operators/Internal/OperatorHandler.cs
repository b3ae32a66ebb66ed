using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authorization.Internal;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Operators.Internal;

/// <summary>The judge of operators as ASP.NET Core's authorization asks for him.</summary>
internal sealed class OperatorHandler(OperatorJudge judge) : AuthorizationHandler<OperatorRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, OperatorRequirement requirement)
    {
        if (context.User is not ClerkPrincipal principal)
        {
            return;
        }

        var cancelled = (context.Resource as HttpContext)?.RequestAborted ?? CancellationToken.None;
        var verdict = await judge.JudgeAsync(principal, requirement.Permission, requirement.Recently, cancelled).ConfigureAwait(false);
        if (verdict == OperatorVerdict.Granted)
        {
            context.Succeed(requirement);
        }
        else if (ProblemOf(verdict) is { } problem)
        {
            context.Fail(new ProblemReason(this, problem.Status, problem.Code));
        }
    }

    /// <summary>What is answered instead of a plain 403; null for that.</summary>
    public static (int Status, string Code)? ProblemOf(OperatorVerdict verdict) => verdict switch
    {
        OperatorVerdict.NeedsVerification => (StatusCodes.Status403Forbidden, "reverification_required"),
        OperatorVerdict.RoleUnknown => (StatusCodes.Status503ServiceUnavailable, PermissionGate.UnknownRole),
        OperatorVerdict.RevocationsStale => (StatusCodes.Status503ServiceUnavailable, TokenFailure.RevocationsStale.ToCode()),
        _ => null,
    };
}
