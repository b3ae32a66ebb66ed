using Gatehouse.AspNetCore.Authentication;

namespace Analyzer.Users;

internal static class UserExtensions
{
    /// <summary>Makes sure that the caller is among the users before an endpoint of the group runs. After the group's demands.</summary>
    public static RouteGroupBuilder ProvidesUser(this RouteGroupBuilder group) =>
        group.AddEndpointFilter<RouteGroupBuilder, UserFilter>();

    /// <summary>The caller's id, behind <see cref="ProvidesUser"/>.</summary>
    public static string UserId(this HttpContext context) => ((ClerkPrincipal)context.User).UserId!;
}
