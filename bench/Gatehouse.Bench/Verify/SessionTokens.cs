using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Bench.Verify;

/// <summary>Session tokens as Clerk makes them (claims of version 2, no organization), each a different one.</summary>
internal static class SessionTokens
{
    public const string KeyId = "ins_2BenchInstance0000000000001";
    public const string Issuer = "https://bench-1.clerk.accounts.dev";
    public const string Origin = "https://app.example.com";

    public static string[] Make(RSA rsa, int count, string? role = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = Part($$"""{"alg":"RS256","cat":"cl_B7d4PD111AAA","kid":"{{KeyId}}","typ":"JWT"}""");
        return [.. Enumerable.Range(0, count).Select(n => Sign(rsa, header, Claims(now, n, role)))];
    }

    private static string Claims(long now, int n, string? role) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"azp":"{{Origin}}","exp":{{now + 3000}},"fva":[3,-1],"iat":{{now}},"iss":"{{Issuer}}","jti":"{{n:x20}}","nbf":{{now - 10}},"pla":"u:free",{{(role is null ? "" : $"\"role\":\"{role}\",")}}"sid":"sess_2Bench{{n:0000000000000000000000}}","sts":"active","sub":"user_2Bench{{n:0000000000000000000000}}","v":2}""");

    private static string Sign(RSA rsa, string header, string claims)
    {
        var signed = $"{header}.{Part(claims)}";
        var signature = rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
