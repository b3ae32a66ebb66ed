using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authorization.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Operators.Internal;

/// <summary>
/// Whether somebody is an operator: a person, in their own name, who may do this here. Tokens of machines, keys, templates and impersonations
/// are refused, and so is everybody while nobody can say what was revoked.
/// </summary>
internal sealed partial class OperatorJudge(
    InstanceRoles roles,
    RevocationList revocations,
    IOptions<OperatorOptions> options,
    ILogger<OperatorJudge> logger)
{
    private const string OrganizationAdmin = "org:admin";

    public async ValueTask<OperatorVerdict> JudgeAsync(
        ClerkPrincipal principal, string permission, bool recently, CancellationToken cancellationToken)
    {
        if (revocations.IsStale)
        {
            return OperatorVerdict.RevocationsStale;
        }

        if (principal.Class != TokenClass.Session || principal.Token.IsImpersonated)
        {
            Log.OperatorRefused(logger, principal.Subject, permission, "not a person's own session");
            return OperatorVerdict.Denied;
        }

        if (!IsGrantedByOrganization(principal.Token.Organization, permission))
        {
            var answer = principal.Role.NeedsDirectory
                ? await roles.FindAsync(principal.Token, cancellationToken).ConfigureAwait(false)
                : RoleAnswer.Of(principal.Role.Role);
            if (!answer.IsKnown)
            {
                return OperatorVerdict.RoleUnknown;
            }

            if (answer.Role != options.Value.AdminRole)
            {
                Log.OperatorRefused(logger, principal.Subject, permission, "not granted");
                return OperatorVerdict.Denied;
            }
        }

        return recently && !(principal.Token.FirstFactorAge < options.Value.RecentVerification.TotalMinutes)
            ? OperatorVerdict.NeedsVerification
            : OperatorVerdict.Granted;
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
