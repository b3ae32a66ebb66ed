using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gatehouse.Local.Tests;

/// <summary>A token taken apart and verified against a key set, by code that shares nothing with what made it.</summary>
public sealed record ReadToken(JsonObject Header, JsonObject Claims)
{
    public static async Task<ReadToken> VerifiedAsync(RunningClerk clerk, string token)
    {
        var keys = await clerk.GetAsync("/.well-known/jwks.json");
        return Verified(token, keys.Json["keys"]!.AsArray());
    }

    public static ReadToken Verified(string token, JsonArray keys)
    {
        var parts = token.Split('.');
        Assert.Equal(3, parts.Length);
        var read = new ReadToken(Decode(parts[0]), Decode(parts[1]));
        var key = keys.Single(candidate => (string?)candidate!["kid"] == (string?)read.Header["kid"])!;
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars((string)key["n"]!),
            Exponent = Base64Url.DecodeFromChars((string)key["e"]!),
        });
        Assert.True(rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
        return read;
    }

    public long Number(string claim) => (long)Claims[claim]!;

    public string? Text(string claim) => (string?)Claims[claim];

    private static JsonObject Decode(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
}
