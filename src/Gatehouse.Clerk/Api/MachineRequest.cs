using System.Text.Json.Serialization;

namespace Gatehouse.Clerk.Api;

/// <summary>What a machine is created with, or what changes about it; null leaves a member as it is.</summary>
public sealed class MachineRequest
{
    /// <summary>The name; needed to create one.</summary>
    public string? Name { get; init; }

    /// <summary>The ids of the machines that its tokens are good for, 150 at most. Only when it is created.</summary>
    public IReadOnlyList<string>? ScopedMachines { get; init; }

    /// <summary>How long its tokens live where none is asked for, in seconds: 1 to 315,360,000; null for Clerk's 3600.</summary>
    [JsonPropertyName("default_token_ttl")]
    public int? DefaultTokenLifetimeSeconds { get; init; }
}
