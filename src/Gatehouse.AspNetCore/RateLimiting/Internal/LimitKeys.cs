using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authentication.Internal;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>Whose count a call goes to: the limit's prefix, a colon, and whom the limit tells apart.</summary>
internal static class LimitKeys
{
    public static string Of(PrefixedLimit limit, string whom) => $"{limit.KeyPrefix ?? limit.Policy.Name}:{whom}";

    public static string Of(PrefixedLimit limit, ClerkPrincipal caller) => Of(limit, limit.By switch
    {
        LimitBy.Class => EntranceMetrics.ClassTag(caller.Class),
        LimitBy.Organization => caller.Token.Organization?.Id ?? caller.Subject,
        _ => caller.Subject,
    });
}
