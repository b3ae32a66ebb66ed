using System.Buffers.Text;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Gatehouse.Clerk.ServiceTokens.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Clerk.Tests.Support;

/// <summary>Values whose details do not matter.</summary>
internal static class Specimens
{
    private static readonly RSA First = RSA.Create(2048);
    private static readonly RSA Second = RSA.Create(2048);
    private static readonly RSA Weak = RSA.Create(1024);

    public static string Jwk(string keyId) => Jwk(keyId, First);

    public static string OtherJwk(string keyId) => Jwk(keyId, Second);

    public static string WeakJwk(string keyId) => Jwk(keyId, Weak);

    public static string Jwks(params IEnumerable<string> keys) => $$"""{"keys":[{{string.Join(',', keys)}}]}""";

    public static string Pem() => First.ExportSubjectPublicKeyInfoPem();

    /// <summary>A JWT that nobody signed: whoever mints a token does not verify it.</summary>
    public static string Jwt(DateTimeOffset issued, TimeSpan lifetime, string id = "1") =>
        string.Join('.', Part("""{"alg":"RS256"}"""), Part(Claims(issued, lifetime, id)), "c2ln");

    public static string EcJwk(string keyId, ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return $$"""
            {"use":"sig","kty":"EC","crv":"P-256","alg":"ES256","kid":"{{keyId}}","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}
            """.Trim();
    }

    /// <summary>An access token of an OpenID Connect issuer, good for five minutes.</summary>
    public static string SignedJwt(ECDsa key, string keyId, string issuer, string audience, DateTimeOffset issued)
    {
        var now = issued.ToUnixTimeSeconds();
        var text = string.Join(
            '.',
            Part($$"""{"alg":"ES256","typ":"at+jwt","kid":"{{keyId}}"}"""),
            Part($$"""{"iss":"{{issuer}}","sub":"somebody","aud":"{{audience}}","iat":{{now}},"exp":{{now + 300}}}"""));
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    public static ServiceTokenMetrics Metrics() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    private static string Claims(DateTimeOffset issued, TimeSpan lifetime, string id) =>
        $$"""{"iat":{{issued.ToUnixTimeSeconds()}},"exp":{{(issued + lifetime).ToUnixTimeSeconds()}},"jti":"{{id}}"}""";

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Jwk(string keyId, RSA rsa)
    {
        var numbers = rsa.ExportParameters(includePrivateParameters: false);
        return $$"""
            {"use":"sig","kty":"RSA","alg":"RS256","kid":"{{keyId}}","n":"{{Base64Url.EncodeToString(numbers.Modulus)}}","e":"AQAB"}
            """.Trim();
    }
}
