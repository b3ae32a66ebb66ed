using Gatehouse.Access;
using Gatehouse.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>Grants a permission if the caller's role has it. Says nothing otherwise, and silence refuses.</summary>
internal sealed partial class PermissionHandler(RoleCatalog catalog, UserRoles roles, ILogger<PermissionHandler> logger)
    : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.User is not ClerkPrincipal principal)
        {
            return;
        }

        var cancelled = (context.Resource as HttpContext)?.RequestAborted ?? CancellationToken.None;
        var answer = principal.Role.NeedsDirectory
            ? await roles.FindAsync(principal.Subject, cancelled).ConfigureAwait(false)
            : RoleAnswer.Of(principal.Role.Role);
        if (!answer.IsKnown)
        {
            context.Fail(new RoleUnknownReason(this));
        }
        else if (catalog.HasPermission(answer.Role, requirement.Permission))
        {
            context.Succeed(requirement);
        }
        else
        {
            Log.PermissionDenied(logger, principal.Subject, requirement.Permission, answer.Role);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.PermissionDenied, LogLevel.Information, "{Subject} lacks the permission {Permission}; its role is {Role}")]
        public static partial void PermissionDenied(ILogger logger, string subject, string permission, string? role);
    }
}
