using Gatehouse.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>The judge as ASP.NET Core's authorization asks for him: for <c>[RequirePermission]</c> on controllers and pages.</summary>
internal sealed class PermissionHandler(PermissionJudge judge) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.User is not ClerkPrincipal principal)
        {
            return;
        }

        var cancelled = (context.Resource as HttpContext)?.RequestAborted ?? CancellationToken.None;
        switch (await judge.JudgeAsync(principal, requirement.Permission, cancelled).ConfigureAwait(false))
        {
            case PermissionVerdict.Granted:
                context.Succeed(requirement);
                break;
            case PermissionVerdict.Unknown:
                context.Fail(new ProblemReason(this, StatusCodes.Status503ServiceUnavailable, PermissionGate.UnknownRole));
                break;
            default:
                break;
        }
    }
}
