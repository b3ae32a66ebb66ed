using System.Security.Cryptography;
using System.Text;
using Gatehouse.Local.Clerk.Passwords;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>A password as the local Clerk keeps it: enough to compare, and not the text that somebody typed.</summary>
/// <param name="Digest">Of the password with its salt.</param>
/// <param name="SetAt">Unix milliseconds.</param>
/// <param name="Salt">Null: the user's id.</param>
/// <param name="Hasher">Which of <see cref="PasswordHashers"/> made it; null: this instance.</param>
internal sealed record PasswordDigest(string Digest, long SetAt, string? Salt = null, string? Hasher = null)
{
    public const int MinimumLength = 8;
    public const int MaximumLength = 72;

    private const string SharedSalt = "shared";

    public static PasswordDigest Of(string userId, string password, long setAt) => new(Compute(userId, password), setAt);

    /// <summary>A digest that another system made.</summary>
    public static PasswordDigest Imported(string hasher, string digest, long setAt) => new(digest, setAt, Hasher: hasher);

    /// <summary>A password that many users have. It is computed once for all of them.</summary>
    public static PasswordDigest Shared(string password, long setAt) => new(Compute(SharedSalt, password), setAt, SharedSalt);

    public bool Matches(string userId, string password) =>
        Hasher is null ? Compute(Salt ?? userId, password) == Digest : PasswordHashers.Matches(Hasher, Digest, password);

    private static string Compute(string salt, string password) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}\n{password}")));
}
