using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

/// <summary>Key sets as an issuer might serve them, sound and not.</summary>
internal static class Jwks
{
    public static JsonObject Key(string keyId, RSAParameters numbers) => new()
    {
        ["use"] = "sig",
        ["kty"] = "RSA",
        ["kid"] = keyId,
        ["alg"] = "RS256",
        ["n"] = Base64Url.EncodeToString(numbers.Modulus),
        ["e"] = Base64Url.EncodeToString(numbers.Exponent),
    };

    public static KeySet? Parse(string json) => KeySet.Parse(Encoding.UTF8.GetBytes(json));

    public static KeySet Of(params JsonNode?[] keys) => Parse(new JsonObject { ["keys"] = new JsonArray(keys) }.ToJsonString())!;
}
