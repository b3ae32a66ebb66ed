using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Testbed;

namespace Gatehouse.Tests.Tokens;

/// <summary>Tokens put together by hand, as no issuer would.</summary>
internal static class Crafted
{
    public static string Part(JsonNode json) => Part(json.ToJsonString());

    public static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static string LastPart(string token) => token[(token.LastIndexOf('.') + 1)..];

    /// <summary>A token with another signature.</summary>
    public static string WithSignature(string token, Func<byte[], byte[]> change) =>
        $"{Signed(token)}.{Base64Url.EncodeToString(change(Base64Url.DecodeFromChars(LastPart(token))))}";

    /// <summary>What a token's signature is over.</summary>
    public static string Signed(string token) => token[..token.LastIndexOf('.')];

    /// <summary>A token that is authenticated by a secret instead of signed.</summary>
    public static string Mac(string algorithm, byte[] secret, JsonObject header, JsonObject claims)
    {
        header["alg"] = algorithm;
        var signed = $"{Part(header)}.{Part(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var mac = algorithm switch
        {
            "HS384" => HMACSHA384.HashData(secret, bytes),
            "HS512" => HMACSHA512.HashData(secret, bytes),
            _ => HMACSHA256.HashData(secret, bytes),
        };
        return $"{signed}.{Base64Url.EncodeToString(mac)}";
    }

    /// <summary>All that the one instance would write, signed by the other.</summary>
    public static string Grafted(TokenForge forge, TokenForge signer, Action<JsonObject>? change = null)
    {
        var header = forge.Header();
        change?.Invoke(header);
        return signer.Sign(header.ToJsonString(), forge.SessionClaims().ToJsonString());
    }
}
