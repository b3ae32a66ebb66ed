namespace Gatehouse.Clerk.Api;

/// <summary>What changes about a user; null leaves a member as it is, an empty text removes it. Metadata has calls of its own.</summary>
public sealed class UpdateUserRequest
{
    /// <summary>The application's own id for the user.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The first name.</summary>
    public string? FirstName { get; init; }

    /// <summary>The last name.</summary>
    public string? LastName { get; init; }

    /// <summary>The user name.</summary>
    public string? Username { get; init; }

    /// <summary>Which address is the main one, by its id.</summary>
    public string? PrimaryEmailAddressId { get; init; }

    /// <summary>A new password, in clear.</summary>
    public string? Password { get; init; }

    /// <summary>With a new password: whether all other sessions end.</summary>
    public bool? SignOutOfOtherSessions { get; init; }
}
