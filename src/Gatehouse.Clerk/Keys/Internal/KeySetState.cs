using Gatehouse.Tokens;

namespace Gatehouse.Clerk.Keys.Internal;

/// <summary>What is known at one moment: the last good set, and how the last fetch ended. Replaced whole, never changed.</summary>
internal sealed record KeySetState
{
    public static KeySetState Empty { get; } = new();

    public KeySet? Keys { get; private init; }

    public byte[] Digest { get; private init; } = [];

    public long FetchedAt { get; private init; }

    public long? TriedAt { get; private init; }

    public bool LastTrySucceeded { get; private init; }

    public KeyLookup Find(string keyId) => Keys?.Find(keyId) ?? KeyLookup.Unknown;

    public KeySetState Succeeded(KeySetDocument document, long now) => new()
    {
        // The same text keeps the same keys, so that whoever remembers a key by reference need not forget it at each renewal.
        Keys = Keys is not null && Digest.AsSpan().SequenceEqual(document.Digest) ? Keys : document.Keys,
        Digest = document.Digest,
        FetchedAt = now,
        TriedAt = now,
        LastTrySucceeded = true,
    };

    public KeySetState Failed(long now) => this with { TriedAt = now, LastTrySucceeded = false };
}
