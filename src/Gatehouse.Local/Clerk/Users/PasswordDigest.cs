using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>A password as the local Clerk keeps it, in memory only: enough to compare, and not the text that somebody typed.</summary>
internal sealed record PasswordDigest(string Digest, long SetAt)
{
    public const int MinimumLength = 8;
    public const int MaximumLength = 72;

    public static PasswordDigest Of(string userId, string password, long setAt) => new(Compute(userId, password), setAt);

    public bool Matches(string userId, string password) => Compute(userId, password) == Digest;

    private static string Compute(string userId, string password) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{userId}\n{password}")));
}
