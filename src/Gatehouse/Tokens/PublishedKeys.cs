using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Tokens;

/// <summary>
/// The keys and secrets of the local services. They stand in public source text, so that the same commands give the same answers on
/// every machine; here they are known by their digests, so that nobody can be let in by them by accident.
/// </summary>
public static class PublishedKeys
{
    private const string SigningKeyThumbprint = "36e73771cdb83116be0b9f440a59b53b6ba6d845055b6d058d00515a44ae550e";

    private static readonly FrozenSet<string> SecretDigests = new[]
    {
        "49fed1df65d2fdc4f2e75b271b84d2785261186e94c954cc14b655b6414d2e3f",   // CLERK_SECRET_KEY
        "b72814326dac1e9fdc59d244f731c56331c98a7ed6a9e9bea00e44b2dbdd43f1",   // CLERK_MACHINE_SECRET_KEY of each machine
        "4b82b3e77c3c70bd5f8d3cb6efe683e57299aebaba9da6811e8215bcc45f0dbb",
        "6ccdb5d0545909484c6f7e99c6c9d878d82231376448cbf055f32e276b33ce45",
        "5bb672af2b877f259502c3efc221dad64ce28b0a7f819253054952e6ee8ef965",
        "5dfb92fc39b4935e217ba1e0f609d406d3b9c8cf90d6cd3a6ca55be68224ffb5",
        "23ad5c539343c768718019f77515b307e14eae883ee61b54f6294f550dbd062b",
        "2952bf40976272f1aa72edef8233925c3da6ee0f7d621c7adefe8fe3cfc9ce35",
        "1f4758dca370e31639be15ccfaf8e04b02560c101ab94f9198ac96183c5ee83b",   // CLERK_WEBHOOK_SIGNING_SECRET
        "45cb9d813c91389778b23c629ccec07fe183a46d3e838929955d52bc8b05e384",   // CLERK_PUBLISHABLE_KEY
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether this secret or publishable key is one of the local services' fixed values.</summary>
    public static bool Contains(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return SecretDigests.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret.Trim()))));
    }

    internal static bool IsSigningKey(string thumbprint) => string.Equals(thumbprint, SigningKeyThumbprint, StringComparison.Ordinal);
}
