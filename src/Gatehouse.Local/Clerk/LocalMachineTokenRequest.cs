using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk;

/// <summary>What a machine's token shall be like.</summary>
public sealed record LocalMachineTokenRequest
{
    /// <summary>Claims of the machine's own choice. Default none.</summary>
    public JsonObject? Claims { get; init; }

    /// <summary>How long the token lives, in seconds from 1 to 315 360 000. Default the machine's own, 3600.</summary>
    public int? Seconds { get; init; }
}
