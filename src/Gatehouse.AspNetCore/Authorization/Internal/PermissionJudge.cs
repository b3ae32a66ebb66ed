using Gatehouse.Access;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Reporting.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>Whether a caller may do something: by the role, or for API keys and OAuth tokens by their scopes. Denies what it does not know.</summary>
internal sealed partial class PermissionJudge(
    RoleCatalog catalog,
    InstanceRoles roles,
    IOptions<ScopeOptions> scopes,
    IOptions<AccessOptions> access,
    ReportOnly reportOnly,
    ILogger<PermissionJudge> logger)
{
    public ValueTask<PermissionVerdict> JudgeAsync(ClerkPrincipal principal, string permission, CancellationToken cancellationToken)
    {
        if (principal.Class is TokenClass.ApiKey or TokenClass.OAuth)
        {
            return ValueTask.FromResult(Decide(principal, permission, HasScopeFor(principal, permission), "its scopes"));
        }

        return principal.Role.NeedsDirectory
            ? AskAsync(principal, permission, cancellationToken)
            : ValueTask.FromResult(DecideByRole(principal, permission, principal.Role.Role));
    }

    /// <summary>All that a caller of this role may do.</summary>
    public IEnumerable<string> PermissionsOf(ClerkPrincipal principal, string? role) =>
        principal.Class is TokenClass.ApiKey or TokenClass.OAuth
            ? principal.Token.Scopes.SelectMany(scope => scopes.Value.Permissions.TryGetValue(scope, out var granted) ? granted : [])
            : catalog.PermissionsOf(role);

    /// <summary>What somebody may do with things of their own: a person everything, a key or an application what its scopes allow.</summary>
    public PermissionVerdict JudgeScopes(ClerkPrincipal principal, string permission) =>
        Decide(principal, permission, HasOwnOrScope(principal, permission), "its scopes");

    /// <summary>What a key or an application may do by its scopes, where people and machines need no permission.</summary>
    public PermissionVerdict JudgeKeys(ClerkPrincipal principal, string permission) =>
        Decide(principal, permission, principal.Class == TokenClass.M2M || HasOwnOrScope(principal, permission), "its scopes");

    private async ValueTask<PermissionVerdict> AskAsync(ClerkPrincipal principal, string permission, CancellationToken cancellationToken)
    {
        var answer = await roles.FindAsync(principal.Token, cancellationToken).ConfigureAwait(false);
        return answer.IsKnown ? DecideByRole(principal, permission, answer.Role) : PermissionVerdict.Unknown;
    }

    private PermissionVerdict DecideByRole(ClerkPrincipal principal, string permission, string? role) =>
        Decide(principal, permission, catalog.HasPermission(role, permission), role);

    private PermissionVerdict Decide(ClerkPrincipal principal, string permission, bool granted, string? found)
    {
        if (granted)
        {
            return PermissionVerdict.Granted;
        }

        if (access.Value.ReportOnlyPermissions)
        {
            reportOnly.Note("permission", principal.Subject, permission);
            return PermissionVerdict.Granted;
        }

        Log.PermissionDenied(logger, principal.Subject, permission, found);
        return PermissionVerdict.Denied;
    }

    private bool HasOwnOrScope(ClerkPrincipal principal, string permission) =>
        principal.Class is TokenClass.Session or TokenClass.Template || HasScopeFor(principal, permission);

    private bool HasScopeFor(ClerkPrincipal principal, string permission)
    {
        // The scopes of a machine's token name its receivers.
        if (principal.Class is not (TokenClass.ApiKey or TokenClass.OAuth))
        {
            return false;
        }

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
        [LoggerMessage(EventIds.PermissionDenied, LogLevel.Information, "{Subject} lacks the permission {Permission}; what was found is {Role}")]
        public static partial void PermissionDenied(ILogger logger, string subject, string permission, string? role);
    }
}
