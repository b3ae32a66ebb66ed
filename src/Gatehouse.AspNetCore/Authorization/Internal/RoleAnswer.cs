namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>A role or none; or nobody knows, which must be neither taken for the one nor for the other.</summary>
internal readonly record struct RoleAnswer(string? Role, bool IsKnown)
{
    public static RoleAnswer Unknown => default;

    public static RoleAnswer Of(string? role) => new(role, IsKnown: true);
}
