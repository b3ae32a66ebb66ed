using System.Diagnostics.CodeAnalysis;

namespace Gatehouse.Tokens;

/// <summary>A key, or why there is none.</summary>
public readonly record struct KeyLookup
{
    private KeyLookup(SigningKey? key, TokenFailure failure) => (Key, Failure) = (key, failure);

    /// <summary>The issuer has no such key: <see cref="TokenFailure.KeyUnknown"/>.</summary>
    public static KeyLookup Unknown { get; } = new(null, TokenFailure.KeyUnknown);

    /// <summary>The issuer has it, but it must not be used: <see cref="TokenFailure.KeyUnusable"/>.</summary>
    public static KeyLookup Unusable { get; } = new(null, TokenFailure.KeyUnusable);

    /// <summary>Nobody can say just now: <see cref="TokenFailure.KeysUnavailable"/>.</summary>
    public static KeyLookup Unavailable { get; } = new(null, TokenFailure.KeysUnavailable);

    /// <summary>The key, if there is one.</summary>
    public SigningKey? Key { get; }

    /// <summary>Why there is none. <see cref="TokenFailure.Unverified"/> for a key that was found: it has verified nothing yet.</summary>
    public TokenFailure Failure { get; }

    /// <summary>Whether a key was found.</summary>
    [MemberNotNullWhen(true, nameof(Key))]
    public bool Found => Key is not null;

    /// <summary>The key was found.</summary>
    public static KeyLookup Of(SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new KeyLookup(key, TokenFailure.Unverified);
    }
}
