using System.Collections.Frozen;

namespace Gatehouse.Local.Clerk.OAuth;

/// <summary>The scopes that applications may ask for.</summary>
internal static class OAuthScopes
{
    private static readonly FrozenSet<string> Known =
        new[] { "profile", "email", "public_metadata", "private_metadata", "openid", "offline_access", "user:org:read" }
            .ToFrozenSet(StringComparer.Ordinal);

    public static string AllKnown => string.Join(", ", Known.Order(StringComparer.Ordinal));

    public static bool AreKnown(string scopes) => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(Known.Contains);
}
