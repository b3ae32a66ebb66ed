using System.Buffers.Text;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Gatehouse.Tokens.Internal;

namespace Gatehouse.Tokens;

/// <summary>The keys of one issuer at one moment, as a JWKS document gives them (RFC 7517, section 5).</summary>
public sealed class KeySet
{
    /// <summary>The most keys that are read from one document; what follows is dropped.</summary>
    public const int MaximumKeys = 64;

    private readonly FrozenDictionary<string, SigningKey> _keys;
    private readonly FrozenSet<string> _unusable;

    /// <summary>A set of keys that are at hand.</summary>
    /// <exception cref="ArgumentException">Two keys share an id.</exception>
    public KeySet(params IEnumerable<SigningKey> keys) : this(keys, []) { }

    private KeySet(IEnumerable<SigningKey> keys, IEnumerable<string> unusable)
    {
        _keys = keys.ToDictionary(key => key.KeyId, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);
        _unusable = unusable.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The keys that can verify.</summary>
    public IReadOnlyCollection<SigningKey> Keys => _keys.Values;

    /// <summary>The ids of keys that the document named, but that are weak, of another kind, or not for signatures.</summary>
    public IReadOnlyCollection<string> Unusable => _unusable;

    /// <summary>Finds a key; a weak or foreign one is told apart from one that is not there.</summary>
    public KeyLookup Find(string keyId)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        if (_keys.TryGetValue(keyId, out var key))
        {
            return KeyLookup.Of(key);
        }

        return _unusable.Contains(keyId) ? KeyLookup.Unusable : KeyLookup.Unknown;
    }

    /// <summary>
    /// Reads a JWKS document. One bad key is dropped (<see cref="Unusable"/>), and the rest serve; a key with a member that comes twice, or
    /// with text that is no Unicode, is as good as not there.
    /// </summary>
    /// <returns>Null if the text is no JWKS document at all.</returns>
    public static KeySet? Parse(ReadOnlyMemory<byte> utf8Json)
    {
        if (!StrictJson.IsUtf8(utf8Json.Span))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8Json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.EnumerateObject().Count(member => member.NameEquals("keys"u8)) == 1
                && document.RootElement.GetProperty("keys"u8) is { ValueKind: JsonValueKind.Array } keys
                    ? Read(keys)
                    : null;
        }
        catch (Exception refused) when (StrictJson.IsRefusal(refused))
        {
            return null;
        }
    }

    private static KeySet Read(JsonElement keys)
    {
        var usable = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
        var unusable = new HashSet<string>(StringComparer.Ordinal);
        foreach (var jwk in keys.EnumerateArray().Take(MaximumKeys))
        {
            if (!StrictJson.IsStrict(JsonMarshal.GetRawUtf8Value(jwk)) || Text(jwk, "kid") is not { Length: > 0 } keyId)
            {
                continue;
            }

            // Of two keys with one id nobody can say which is meant: neither verifies.
            if (unusable.Contains(keyId) || usable.Remove(keyId) || ReadKey(keyId, jwk) is not { } key)
            {
                unusable.Add(keyId);
                continue;
            }

            usable.Add(keyId, key);
        }

        return new KeySet(usable.Values, unusable);
    }

    private static SigningKey? ReadKey(string keyId, JsonElement jwk)
    {
        SigningKey? key = null;
        if (Text(jwk, "use") is not (null or "sig") || !MayVerify(jwk))
        {
            return null;
        }

        if (Text(jwk, "kty") == "RSA" && Text(jwk, "alg") is null or "RS256" && Number(jwk, "n") is { } modulus && Number(jwk, "e") is { } exponent)
        {
            SigningKey.TryCreate(keyId, new RSAParameters { Modulus = modulus, Exponent = exponent }, out key);
        }
        else if (Text(jwk, "kty") == "EC" && Text(jwk, "alg") is null or "ES256" && Text(jwk, "crv") == "P-256")
        {
            SigningKey.TryCreate(keyId, new ECPoint { X = Number(jwk, "x"), Y = Number(jwk, "y") }, out key);
        }

        return key;
    }

    // RFC 7517, section 4.3: without key_ops a key may do all that its kind can.
    private static bool MayVerify(JsonElement jwk) =>
        !jwk.TryGetProperty("key_ops"u8, out var operations)
        || (operations.ValueKind == JsonValueKind.Array
            && operations.EnumerateArray().Any(operation => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify"u8)));

    private static string? Text(JsonElement jwk, string member) =>
        jwk.ValueKind == JsonValueKind.Object && jwk.TryGetProperty(member, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : ""
            : null;

    private static byte[]? Number(JsonElement jwk, string member) =>
        Text(jwk, member) is { Length: > 0 } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
