namespace Gatehouse.AspNetCore.Authorization;

/// <summary>Knows the application role of people whose tokens carry none. The one that is registered asks Clerk.</summary>
public interface IUserRoleSource
{
    /// <summary>The role that stands in a user's public metadata.</summary>
    /// <returns>Null for a user without a role, or unknown.</returns>
    /// <exception cref="Exception">Nobody can say just now. The last known role then serves, or the request is answered 503.</exception>
    Task<string?> FindRoleAsync(string userId, CancellationToken cancellationToken);
}
