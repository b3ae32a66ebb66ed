using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

/// <summary>An OpenID Connect issuer that is no Clerk instance: an RS256 and an ES256 key in one set.</summary>
internal sealed class ForeignIssuer(TimeProvider time)
{
    public const string Name = "https://login.example.org";
    public const string Audience = "https://api.example.com";
    public const string RsaKeyId = "foreign-rsa";
    public const string EcKeyId = "foreign-ec";
    public const string Subject = "auth0|5f7c8ec7c33c6c004bbafe82";

    public static RSA Rsa { get; } = RSA.Create(2048);

    public static ECDsa Ec { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>An entrance that takes this issuer's tokens.</summary>
    public static Entrance Door { get; } = new() { Classes = TokenClass.OAuth, Audiences = [Audience] };

    public static TokenIssuer Issuer { get; } = With(Jwks.Of(RsaJwk, EcJwk));

    public static JsonObject RsaJwk => Jwks.Key(RsaKeyId, Rsa.ExportParameters(includePrivateParameters: false));

    public static JsonObject EcJwk => CurveJwk(EcKeyId, Ec);

    public static TokenIssuer With(KeySet keys) => new(Name, new FixedKeySource(keys)) { IsOpenIdConnect = true };

    public static JsonObject CurveJwk(string keyId, ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["use"] = "sig",
            ["kty"] = "EC",
            ["kid"] = keyId,
            ["alg"] = "ES256",
            ["crv"] = parameters.Q.X!.Length == 32 ? "P-256" : "P-384",
            ["x"] = Base64Url.EncodeToString(parameters.Q.X),
            ["y"] = Base64Url.EncodeToString(parameters.Q.Y),
        };
    }

    /// <summary>An access token of an hour, as many issuers write it.</summary>
    public JsonObject Claims()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = Name,
            ["sub"] = Subject,
            ["aud"] = Audience,
            ["iat"] = now,
            ["exp"] = now + 3600,
            ["azp"] = "client-1",
            ["scope"] = "read:things write:things",
        };
    }

    public string Rs256(Action<JsonObject>? claims = null, Action<JsonObject>? header = null) =>
        Sign(Changed(Header("RS256", RsaKeyId), header), Changed(Claims(), claims), RsaSignature);

    public string Es256(Action<JsonObject>? claims = null, Action<JsonObject>? header = null) =>
        Sign(Changed(Header("ES256", EcKeyId), header), Changed(Claims(), claims), EcSignature);

    public static string Sign(string header, string payload, Func<byte[], byte[]> signature) =>
        Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload), signature);

    public static string Sign(byte[] header, byte[] payload, Func<byte[], byte[]> signature)
    {
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(signature(Encoding.ASCII.GetBytes(signed)))}";
    }

    public static byte[] RsaSignature(byte[] signed) => Rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public static byte[] EcSignature(byte[] signed) => Ec.SignData(signed, HashAlgorithmName.SHA256);

    public static JsonObject Header(string algorithm, string keyId) => new() { ["alg"] = algorithm, ["kid"] = keyId, ["typ"] = "JWT" };

    private static string Changed(JsonObject json, Action<JsonObject>? change)
    {
        change?.Invoke(json);
        return json.ToJsonString();
    }
}
