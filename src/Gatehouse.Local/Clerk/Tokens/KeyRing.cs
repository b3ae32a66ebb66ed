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

    /// <summary>Puts back the keys of another time, oldest first. The published one needs no PEM.</summary>
    /// <exception cref="ArgumentException">There is none, or a PEM that is no key.</exception>
    public void Restore(IReadOnlyList<(string Id, string? Pem)> keys)
    {
        if (keys.Count == 0)
        {
            throw new ArgumentException("an instance has a key", nameof(keys));
        }

        _keys = [.. keys.Select(key => key.Pem is null ? PublishedKey.Value : Import(key.Id, key.Pem))];
    }

    private static InstanceKey Load()
    {
        using var stream = typeof(KeyRing).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return Import(LocalClerkDefaults.InstanceId, reader.ReadToEnd());
    }

    private static InstanceKey Import(string id, string pem)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return new InstanceKey(id, rsa);
    }
}
