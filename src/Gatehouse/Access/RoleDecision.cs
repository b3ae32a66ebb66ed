namespace Gatehouse.Access;

/// <summary>A role, none, or the word that the token cannot say.</summary>
/// <param name="Role">The role's name; null for none.</param>
/// <param name="NeedsDirectory">Whether the person's public metadata must be asked.</param>
public readonly record struct RoleDecision(string? Role, bool NeedsDirectory)
{
    /// <summary>The token does not say: the directory of people must.</summary>
    public static RoleDecision AskDirectory { get; } = new(null, NeedsDirectory: true);

    /// <summary>This role, or none.</summary>
    public static RoleDecision Of(string? role) => new(role, NeedsDirectory: false);
}
