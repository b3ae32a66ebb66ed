using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.SignInTokens;

namespace Gatehouse.Local.Clerk.ActorTokens;

/// <summary>A token by which somebody signs in as another user. Session tokens then tell the actor as <c>act</c>.</summary>
internal sealed class ActorToken : SignInTicket
{
    public const int DefaultSeconds = 3600;
    public const int DefaultSessionSeconds = 1800;

    public override string Type => "actor_token";

    public override string Name => "actor token";

    /// <summary>Who acts: <c>sub</c>, and whatever else the caller gave.</summary>
    public required JsonObject Actor { get; init; }

    /// <summary>How long the session may last that it begins.</summary>
    public required int SessionSeconds { get; init; }

    public override void WriteMore(Utf8JsonWriter json)
    {
        json.WritePropertyName("actor");
        Actor.WriteTo(json);
    }
}
