namespace Gatehouse.Local.Clerk.Roles;

/// <summary>A permission that roles can give, <c>org:feature:action</c>. Times are unix milliseconds.</summary>
internal sealed record Permission(string Id, string Key, string Name) : IKeyed
{
    /// <summary>How the keys of Clerk's own permissions begin; they cannot be changed, and no token tells them.</summary>
    public const string SystemPrefix = "org:sys_";

    public string Description { get; init; } = "";

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public bool IsSystem => Key.StartsWith(SystemPrefix, StringComparison.Ordinal);
}
