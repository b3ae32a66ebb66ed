using System.Text.Json.Nodes;

namespace Gatehouse.Clerk.Api;

/// <summary>What a machine token is minted with.</summary>
public sealed class CreateM2MTokenRequest
{
    /// <summary>JWT (default) or opaque.</summary>
    public M2MTokenFormat Format { get; init; }

    /// <summary>How long it lives, in whole seconds; null for the machine's default.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>What it says besides. Receivers must not take it for authority.</summary>
    public JsonObject? Claims { get; init; }

    /// <summary>
    /// Opaque only: take a live token with the same claims and scopes that lives at least this much longer, if there is one, so that the
    /// nodes of a service share it. Null mints a new one.
    /// </summary>
    public TimeSpan? MinimumRemaining { get; init; }
}
