namespace Gatehouse.Clerk.Api;

/// <summary>Which users are listed: those that meet every member that is set. Exact values; 100 of each at most.</summary>
public sealed class UserFilter
{
    /// <summary>Has one of these e-mail addresses.</summary>
    public IReadOnlyList<string> EmailAddresses { get; init; } = [];

    /// <summary>Has one of these ids.</summary>
    public IReadOnlyList<string> UserIds { get; init; } = [];

    /// <summary>Has one of these external ids.</summary>
    public IReadOnlyList<string> ExternalIds { get; init; } = [];

    /// <summary>Is a member of one of these organisations.</summary>
    public IReadOnlyList<string> OrganizationIds { get; init; } = [];

    /// <summary>Matches this text in part: e-mail, phone, user name, id or names.</summary>
    public string? Query { get; init; }

    /// <summary>Is banned, or is not.</summary>
    public bool? Banned { get; init; }

    /// <summary>Was created after this time.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Was created before this time.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }
}
