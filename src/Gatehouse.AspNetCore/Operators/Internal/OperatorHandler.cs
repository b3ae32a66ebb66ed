using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authorization.Internal;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Operators.Internal;

/// <summary>
/// Lets operators in: people, in their own name, who may do this here. Tokens of machines, keys, templates and impersonations are refused,
/// and so is everybody while nobody can say what was revoked.
/// </summary>
internal sealed partial class OperatorHandler(
    InstanceRoles roles,
    RevocationList revocations,
    IOptions<OperatorOptions> options,
    ILogger<OperatorHandler> logger)
    : AuthorizationHandler<OperatorRequirement>
{
    private const string OrganizationAdmin = "org:admin";

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, OperatorRequirement requirement)
    {
        if (context.User is not ClerkPrincipal principal)
        {
            return;
        }

        if (revocations.IsStale)
        {
            context.Fail(new ProblemReason(this, StatusCodes.Status503ServiceUnavailable, TokenFailure.RevocationsStale.ToCode()));
            return;
        }

        if (principal.Class != TokenClass.Session || principal.Token.IsImpersonated)
        {
            Log.OperatorRefused(logger, principal.Subject, requirement.Permission, "not a person's own session");
            return;
        }

        if (!IsGrantedByOrganization(principal.Token.Organization, requirement.Permission))
        {
            var cancelled = (context.Resource as HttpContext)?.RequestAborted ?? CancellationToken.None;
            var answer = principal.Role.NeedsDirectory
                ? await roles.FindAsync(principal.Token, cancelled).ConfigureAwait(false)
                : RoleAnswer.Of(principal.Role.Role);
            if (!answer.IsKnown)
            {
                context.Fail(new ProblemReason(this, StatusCodes.Status503ServiceUnavailable, "role-unavailable"));
                return;
            }

            if (answer.Role != options.Value.AdminRole)
            {
                Log.OperatorRefused(logger, principal.Subject, requirement.Permission, "not granted");
                return;
            }
        }

        if (requirement.Recently && !(principal.Token.FirstFactorAge < options.Value.RecentVerification.TotalMinutes))
        {
            context.Fail(new ProblemReason(this, StatusCodes.Status403Forbidden, "reverification_required"));
            return;
        }

        context.Succeed(requirement);
    }

    private bool IsGrantedByOrganization(OrganizationClaims? organization, string permission)
    {
        var operators = options.Value;
        if (organization is null || operators.Organization is null || organization.Id != operators.Organization)
        {
            return false;
        }

        if (operators.Grants.Count == 0)
        {
            return organization.Role == OrganizationAdmin;
        }

        return Grants(organization.Role) || organization.Permissions.Any(Grants);

        bool Grants(string? roleOrPermission) =>
            roleOrPermission is not null && operators.Grants.TryGetValue(roleOrPermission, out var granted) && granted.Contains(permission);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.OperatorRefused, LogLevel.Warning, "{Subject} is refused as an operator for {Permission}: {Why}")]
        public static partial void OperatorRefused(ILogger logger, string subject, string permission, string why);
    }
}
