using System.Text.Json;

namespace Gatehouse.Tokens.Internal;

/// <summary>What one reading of a payload has met so far. The quick path is for what is known; anything else wants the strict look.</summary>
internal struct ClaimNotes
{
    private KnownClaim _seen;

    /// <summary>Whether something was met that only the strict look can tell to be sound.</summary>
    public bool WantStrictLook { get; private set; }

    public void Doubt(bool strange = true) => WantStrictLook |= strange;

    /// <summary>Whether the reader stands at this claim. One that comes twice leaves the quick path; the strict look refuses it.</summary>
    public bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name, KnownClaim claim)
    {
        if (!json.ValueTextEquals(name))
        {
            return false;
        }

        Doubt((_seen & claim) != KnownClaim.None);
        _seen |= claim;
        return true;
    }
}
