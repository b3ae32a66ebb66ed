using System.Security.Cryptography;

namespace Gatehouse.Local.Clerk.Tokens;

/// <summary>The instance's keys: the newest signs, and earlier ones stay in the key set so that their tokens live out their time.</summary>
internal sealed class KeyRing
{
    private const string Resource = "Gatehouse.Local.Clerk.signing-key.pem";

    private static readonly Lazy<InstanceKey> PublishedKey = new(Load);

    private List<InstanceKey> _keys;

    private KeyRing(InstanceKey first) => _keys = [first];

    public InstanceKey Current => _keys[^1];

    public IReadOnlyList<InstanceKey> All => _keys;

    /// <summary>A ring with the published key only.</summary>
    public static KeyRing Published() => new(PublishedKey.Value);

    /// <summary>Puts a new key in front. Without the previous ones their tokens cannot be verified from now on.</summary>
    public void Rotate(string keyId, bool keepPrevious)
    {
        var key = new InstanceKey(keyId, RSA.Create(InstanceKey.Bits));
        _keys = keepPrevious ? [.. _keys, key] : [key];
    }

    private static InstanceKey Load()
    {
        using var stream = typeof(KeyRing).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var rsa = RSA.Create();
        rsa.ImportFromPem(reader.ReadToEnd());
        return new InstanceKey(LocalClerkDefaults.InstanceId, rsa);
    }
}
