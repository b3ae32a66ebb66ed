using System.Buffers.Text;
using System.Text.Json;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>How long a token lives, and how long it is used.</summary>
internal static class TokenLife
{
    // What a request may take on its way, and clocks may differ by.
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(5);

    /// <summary>A token is fresh strictly before this: 15 minutes or its life, less 2 minutes or a fifth of its life.</summary>
    public static DateTimeOffset FreshUntil(DateTimeOffset issued, TimeSpan lifetime) =>
        issued + Lesser(ServiceTokenDefaults.Lifetime, lifetime) - Lesser(ServiceTokenDefaults.MaximumBuffer, lifetime / 5);

    /// <summary>A token that cannot be renewed serves strictly before this: its whole life, less 5 seconds or a tenth of it.</summary>
    public static DateTimeOffset ServesUntil(DateTimeOffset issued, TimeSpan lifetime) =>
        issued + lifetime - Lesser(LastMoment, lifetime / 10);

    /// <summary>The life that a JWT gives itself, <c>exp − iat</c>. Nothing is verified here: that is the called service's part.</summary>
    /// <exception cref="InvalidDataException">The text is no JWT, or has no such life.</exception>
    public static TimeSpan OfJwt(string token)
    {
        using var payload = Payload(token);
        var issued = Seconds(payload.RootElement, "iat");
        var expires = Seconds(payload.RootElement, "exp");
        return expires > issued
            ? TimeSpan.FromSeconds(Math.Min(expires.Value - issued.Value, TimeSpan.SecondsPerDay))
            : throw new InvalidDataException("the minted token has no life between iat and exp");
    }

    private static JsonDocument Payload(string token)
    {
        try
        {
            var parts = token.Split('.');
            return parts.Length == 3
                ? JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]))
                : throw new FormatException("not three parts");
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            throw new InvalidDataException("the minted token is no JWT", malformed);
        }
    }

    private static TimeSpan Lesser(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static long? Seconds(JsonElement payload, string claim) =>
        payload.ValueKind == JsonValueKind.Object
        && payload.TryGetProperty(claim, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var seconds)
        && seconds is >= 0 and < 1e11
            ? (long)seconds
            : null;
}
