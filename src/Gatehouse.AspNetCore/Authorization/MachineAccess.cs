namespace Gatehouse.AspNetCore.Authorization;

/// <summary>What a machine is at this app.</summary>
public sealed class MachineAccess
{
    /// <summary>Its role, which must be one of <see cref="AccessOptions.Roles"/>.</summary>
    public string? Role { get; set; }
}
