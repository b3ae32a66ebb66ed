using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>The names of Clerk's cookies, plain and with the suffix that keeps instances on one host apart.</summary>
internal static class CookieNames
{
    public const string Session = "__session";
    public const string Refresh = "__refresh";

    private const int SuffixLength = 8;

    /// <summary>The beginning of the publishable key's SHA-1 digest in base64url, as every client computes it.</summary>
    public static string Suffix { get; } = ComputeSuffix();

    public static string Suffixed(string name) => $"{name}_{Suffix}";

#pragma warning disable CA5350 // the clients' formula; it names cookies and protects nothing
    private static string ComputeSuffix() =>
        Base64Url.EncodeToString(SHA1.HashData(Encoding.UTF8.GetBytes(LocalClerkDefaults.PublishableKey)))[..SuffixLength];
#pragma warning restore CA5350
}
