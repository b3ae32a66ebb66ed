namespace Gatehouse.Tokens;

/// <summary>Keys that are at hand and never change by themselves: a PEM or JWKS file, or <c>CLERK_JWT_KEY</c>.</summary>
public sealed class FixedKeySource : IKeySetSource
{
    private readonly KeySet _keys;
    private readonly SigningKey? _only;

    /// <summary>A set whose keys are found by their ids.</summary>
    public FixedKeySource(KeySet keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    private FixedKeySource(SigningKey only) : this(new KeySet(only)) => _only = only;

    /// <summary>One key from PEM text, which has no id of its own and so serves for every <c>kid</c>.</summary>
    /// <exception cref="ArgumentException">The text is not the PEM of a usable public key.</exception>
    public static FixedKeySource FromPem(string pem) =>
        SigningKey.TryCreateFromPem("pem", pem, out var key)
            ? new FixedKeySource(key)
            : throw new ArgumentException(
                $"not the PEM of an RSA public key of {SigningKey.MinimumRsaBits} to {SigningKey.MaximumRsaBits} bits",
                nameof(pem));

    /// <inheritdoc />
    public ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        return ValueTask.FromResult(_only is null ? _keys.Find(keyId) : KeyLookup.Of(_only));
    }
}
