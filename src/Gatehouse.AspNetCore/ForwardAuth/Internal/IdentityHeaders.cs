using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authentication.Internal;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>
/// Who the caller is, for the service behind the proxy. Every header is always there, empty where there is nothing to say: a proxy that copies
/// them overwrites what a client put into them.
/// </summary>
internal static class IdentityHeaders
{
    public const string Prefix = "X-Gatehouse-";

    private static readonly string[] Names = ["Subject", "Class", "User", "Session", "Org", "Org-Role", "Role", "Permissions", "Machine"];

    public static void WriteNobody(IHeaderDictionary headers)
    {
        foreach (var name in Names)
        {
            headers[Prefix + name] = "";
        }
    }

    public static void Write(IHeaderDictionary headers, ClerkPrincipal caller, string? role, IEnumerable<string> permissions)
    {
        var token = caller.Token;
        Set("Subject", caller.Subject);
        Set("Class", EntranceMetrics.ClassTag(token.Class));
        Set("User", caller.UserId);
        Set("Session", token.SessionId);
        Set("Org", token.Organization?.Id);
        Set("Org-Role", token.Organization?.Role);
        Set("Role", role);
        Set("Permissions", string.Join(',', permissions.Concat(token.Organization?.Permissions ?? []).Distinct(StringComparer.Ordinal)));
        Set("Machine", caller.MachineId);

        // A name that a header cannot hold is no name that a service could have meant.
        void Set(string name, string? value) => headers[Prefix + name] = value is not null && !value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? value : "";
    }
}
