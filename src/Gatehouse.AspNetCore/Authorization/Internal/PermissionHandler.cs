using Gatehouse.Access;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Reporting.Internal;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>
/// Grants a permission if the caller's role has it, or for API keys and OAuth tokens one of its scopes. Says nothing otherwise, and silence
/// refuses.
/// </summary>
internal sealed partial class PermissionHandler(
    RoleCatalog catalog,
    UserRoles roles,
    IOptions<ScopeOptions> scopes,
    IOptions<AccessOptions> access,
    ReportOnly reportOnly,
    ILogger<PermissionHandler> logger)
    : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.User is not ClerkPrincipal principal)
        {
            return;
        }

        if (principal.Class is TokenClass.ApiKey or TokenClass.OAuth)
        {
            Decide(context, requirement, principal, HasScopeFor(principal, requirement.Permission), "its scopes do not grant it");
            return;
        }

        var cancelled = (context.Resource as HttpContext)?.RequestAborted ?? CancellationToken.None;
        var answer = principal.Role.NeedsDirectory
            ? await roles.FindAsync(principal.Subject, cancelled).ConfigureAwait(false)
            : RoleAnswer.Of(principal.Role.Role);
        if (answer.IsKnown)
        {
            Decide(context, requirement, principal, catalog.HasPermission(answer.Role, requirement.Permission), answer.Role ?? "it has no role");
        }
        else
        {
            context.Fail(new ProblemReason(this, StatusCodes.Status503ServiceUnavailable, "role-unavailable"));
        }
    }

    private void Decide(
        AuthorizationHandlerContext context, PermissionRequirement requirement, ClerkPrincipal principal, bool granted, string found)
    {
        if (granted)
        {
            context.Succeed(requirement);
        }
        else if (access.Value.ReportOnlyPermissions)
        {
            reportOnly.Note("permission", principal.Subject, requirement.Permission);
            context.Succeed(requirement);
        }
        else
        {
            Log.PermissionDenied(logger, principal.Subject, requirement.Permission, found);
        }
    }

    private bool HasScopeFor(ClerkPrincipal principal, string permission)
    {
        foreach (var scope in principal.Token.Scopes)
        {
            if (scopes.Value.Permissions.TryGetValue(scope, out var granted) && granted.Contains(permission))
            {
                return true;
            }
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.PermissionDenied, LogLevel.Information, "{Subject} lacks the permission {Permission}: {Found}")]
        public static partial void PermissionDenied(ILogger logger, string subject, string permission, string found);
    }
}
