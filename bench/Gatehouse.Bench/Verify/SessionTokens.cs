using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Bench.Verify;

/// <summary>Session tokens as Clerk makes them (claims of version 2), each a different one.</summary>
internal static class SessionTokens
{
    public const string KeyId = "ins_2BenchInstance0000000000001";
    public const string Issuer = "https://bench-1.clerk.accounts.dev";
    public const string Origin = "https://app.example.com";

    /// <summary>A custom claim, such as an instance's session-token customization adds.</summary>
    public const string ReadersRole = """ "role":"reader",""";

    /// <summary>What weighs more: a role, an own object of metadata, and an active organization with its permissions.</summary>
    public const string Loaded =
        """ "fea":"o:billing,o:reports,u:exports","metadata":{"department":"engineering","level":7},"o":{"fpm":"3,1","id":"org_2BenchOperators000000000001","per":"read,manage","rol":"admin","slg":"operators"},"role":"admin",""";

    /// <param name="rsa">The instance's key.</param>
    /// <param name="count">How many.</param>
    /// <param name="further">More members of the payload, each with the comma after it.</param>
    public static string[] Make(RSA rsa, int count, string further = "")
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = Part($$"""{"alg":"RS256","cat":"cl_B7d4PD111AAA","kid":"{{KeyId}}","typ":"JWT"}""");
        return [.. Enumerable.Range(0, count).Select(n => Sign(rsa, header, Claims(now, n, further)))];
    }

    private static string Claims(long now, int n, string further) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"azp":"{{Origin}}","exp":{{now + 3000}},"fva":[3,-1],"iat":{{now}},"iss":"{{Issuer}}","jti":"{{n:x20}}","nbf":{{now - 10}},"pla":"u:free",{{further}}"sid":"sess_2Bench{{n:0000000000000000000000}}","sts":"active","sub":"user_2Bench{{n:0000000000000000000000}}","v":2}""");

    private static string Sign(RSA rsa, string header, string claims)
    {
        var signed = $"{header}.{Part(claims)}";
        var signature = rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
