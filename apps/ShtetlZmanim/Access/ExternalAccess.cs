using Gatehouse.AspNetCore.Authentication;
using Gatehouse.Tokens;

namespace ShtetlZmanim.Access;

/// <summary>Who comes to the external API, and by which names.</summary>
internal static class ExternalAccess
{
    /// <summary>The scope that an API key needs, and the permission that it grants. Machines need none: Clerk says which may come here.</summary>
    public const string ReadZmanim = "zmanim:read";

    /// <summary>The limit of machines; their counts are kept as <c>m2m:&lt;client id&gt;</c>.</summary>
    public const string Machines = "m2m";

    /// <summary>The limit of API keys; their counts are kept as <c>api:&lt;subject&gt;</c>.</summary>
    public const string Keys = "api";

    /// <summary>Who calls, for logs and counts: the subject of the token, which of a machine is its id.</summary>
    /// <returns>Null for whoever is not known.</returns>
    public static string? ClientId(this HttpContext context) => (context.User as ClerkPrincipal)?.Subject;

    /// <summary>Under which key the caller's calls are counted.</summary>
    /// <returns>Null for whoever is not known.</returns>
    public static string? UsageKey(this HttpContext context) => context.User is ClerkPrincipal caller
        ? $"{(caller.Class == TokenClass.M2M ? Machines : Keys)}:{caller.Subject}"
        : null;
}
