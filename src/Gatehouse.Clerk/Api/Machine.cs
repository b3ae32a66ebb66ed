using System.Text.Json.Serialization;

namespace Gatehouse.Clerk.Api;

/// <summary>A machine: a program that has an identity of its own.</summary>
public sealed class Machine
{
    /// <summary>The machine's id (<c>mch_…</c>), which is its tokens' subject.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>How long its tokens live where none is asked for, in seconds.</summary>
    [JsonPropertyName("default_token_ttl")]
    public int DefaultTokenLifetimeSeconds { get; init; }

    /// <summary>The machines that its tokens are good for.</summary>
    public IReadOnlyList<Machine> ScopedMachines { get; init => field = value ?? []; } = [];

    /// <summary>The machine's secret key. Only in the answer that created it.</summary>
    public string? SecretKey { get; init; }

    /// <summary>When it came to be.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
