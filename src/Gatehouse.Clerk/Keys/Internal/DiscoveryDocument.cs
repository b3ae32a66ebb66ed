using System.Text.Json;
using Gatehouse.Clerk.Internal;

namespace Gatehouse.Clerk.Keys.Internal;

/// <summary>Reads an issuer's discovery document (OpenID Connect Discovery 1.0, section 4.3).</summary>
internal static class DiscoveryDocument
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <returns>Where the issuer says that its keys are.</returns>
    /// <exception cref="InvalidDataException">It is not that issuer's document, or names no address that keys may be had from.</exception>
    /// <exception cref="JsonException">It is no JSON, or names a member twice.</exception>
    public static Uri ReadKeySetAddress(ReadOnlyMemory<byte> body, string issuer)
    {
        using var document = JsonDocument.Parse(body, Strict);
        if (!string.Equals(Text(document.RootElement, "issuer"), issuer, StringComparison.Ordinal))
        {
            throw new InvalidDataException("the discovery document is another issuer's");
        }

        // An issuer elsewhere must not lead us to services on this machine, nor to keys that came in clear.
        return Uri.TryCreate(Text(document.RootElement, "jwks_uri"), UriKind.Absolute, out var keys)
            && Addresses.IsSafeWithQuery(keys)
            && (!keys.IsLoopback || new Uri(issuer, UriKind.Absolute).IsLoopback)
                ? keys
                : throw new InvalidDataException("the discovery document's jwks_uri is no address that keys may be had from");
    }

    private static string? Text(JsonElement root, string member) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
