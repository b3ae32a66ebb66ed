using System.Runtime.InteropServices;

namespace Gatehouse.Tokens.Internal;

/// <summary>Tokens whose signature has been verified, found by their whole text. Bounded, and without allocation on a hit.</summary>
/// <remarks>
/// A table of sets with four places each, so that nothing is ever searched, and no key is chosen by strangers: only a token that verifies
/// gets a place, by the chance in its signature. Reading takes no lock; writing takes the set's, which is also how callers who show the
/// same new token at the same time share one verification.
/// </remarks>
internal sealed class VerifiedTokenCache
{
    private const int Ways = 4;
    private const int Gates = 256;
    private const int TailLength = 16;

    private readonly VerifiedToken?[] _places;
    private readonly Lock[] _gates;
    private readonly uint _setMask;
    private int _turn;

    /// <param name="capacity">The most tokens that are kept, rounded up to a power of two; 0 keeps none.</param>
    public VerifiedTokenCache(int capacity)
    {
        var sets = capacity == 0 ? 0 : (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, (capacity + Ways - 1) / Ways));
        _places = new VerifiedToken?[sets * Ways];
        _setMask = (uint)Math.Max(0, sets - 1);
        _gates = [.. Enumerable.Range(0, Gates).Select(_ => new Lock())];
    }

    /// <summary>What makes callers with the same token wait for each other.</summary>
    public Lock GateOf(ReadOnlySpan<char> token) => _gates[HashOf(token) % Gates];

    public VerifiedToken? Find(ReadOnlySpan<char> token)
    {
        var set = SetOf(token);
        foreach (ref var place in set)
        {
            if (Volatile.Read(ref place) is { } kept && token.SequenceEqual(kept.Text))
            {
                return kept;
            }
        }

        return null;
    }

    /// <summary>Keeps a token. The caller holds its gate.</summary>
    public void Add(VerifiedToken token, DateTimeOffset now)
    {
        var set = SetOf(token.Text);
        if (set.IsEmpty)
        {
            return;
        }

        var victim = Interlocked.Increment(ref _turn) & (Ways - 1);
        for (var way = 0; way < Ways; way++)
        {
            if (set[way] is not { } kept || kept.Claims.ExpiresAt < now)
            {
                victim = way;
                break;
            }
        }

        Volatile.Write(ref set[victim], token);
    }

    // The end of the signature: whoever sends a token that verifies has not chosen it.
    private static uint HashOf(ReadOnlySpan<char> token)
    {
        if (token.Length < TailLength)
        {
            return 0;
        }

        var tail = MemoryMarshal.Cast<char, ulong>(token[^TailLength..]);
        var mixed = (tail[0] * 0x9E3779B97F4A7C15UL) ^ (tail[1] * 0xC2B2AE3D27D4EB4FUL) ^ (tail[2] * 0x165667B19E3779F9UL) ^ tail[3];
        return (uint)((mixed * 0x9E3779B97F4A7C15UL) >> 32);
    }

    private Span<VerifiedToken?> SetOf(ReadOnlySpan<char> token) =>
        _places.Length == 0 ? [] : _places.AsSpan((int)(HashOf(token) & _setMask) * Ways, Ways);
}
