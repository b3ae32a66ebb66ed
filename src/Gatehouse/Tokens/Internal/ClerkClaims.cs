using System.Text.Json;

namespace Gatehouse.Tokens.Internal;

/// <summary>The claims that have a meaning in a Clerk instance's tokens. Another issuer may use their names for something else.</summary>
internal ref struct ClerkClaims
{
    private OrganizationReader _organization;

    public string? SessionId { get; private set; }

    public IReadOnlyList<string>? MachineScopes { get; private set; }

    public bool IsPending { get; private set; }

    public bool IsHandshake { get; private set; }

    public bool IsImpersonated { get; private set; }

    public FactorAges FactorAges { get; private set; }

    public readonly bool HasOrganization => _organization.IsActive;

    /// <summary>Reads one that only Clerk writes, into tokens of whichever class.</summary>
    /// <returns>False when the reader stands at none of them.</returns>
    public bool TryReadWritten(ref Utf8JsonReader json, ref ClaimNotes notes)
    {
        if (notes.Is(ref json, "sid"u8, KnownClaim.Session))
        {
            SessionId = StrictJson.Text(ref json).GetString();
        }
        else if (notes.Is(ref json, "scopes"u8, KnownClaim.MachineScopes))
        {
            MachineScopes = ClaimTexts.ReadAtSpaces(ref json);
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>Reads one that a machine may have chosen itself.</summary>
    /// <returns>False when the reader stands at none of them.</returns>
    public bool TryReadChosen(ref Utf8JsonReader json, ref ClaimNotes notes) =>
        TryReadState(ref json, ref notes) || _organization.TryRead(ref json, ref notes);

    private bool TryReadState(ref Utf8JsonReader json, ref ClaimNotes notes)
    {
        if (notes.Is(ref json, "sts"u8, KnownClaim.Status))
        {
            // Only what is known to be finished is: a status of tomorrow must not count as active.
            IsPending = !StrictJson.Text(ref json).ValueTextEquals("active"u8);
            notes.Doubt(IsPending);
        }
        else if (notes.Is(ref json, "fva"u8, KnownClaim.FactorAges))
        {
            FactorAges = FactorAges.Read(ref json);
        }
        else if (notes.Is(ref json, "pla"u8, KnownClaim.Plan))
        {
            // Nothing is decided by it, but Clerk writes it into nearly every session: it must not cost the strict look.
            notes.Doubt(StrictJson.Text(ref json).ValueIsEscaped);
        }
        else if (notes.Is(ref json, "handshake"u8, KnownClaim.Handshake))
        {
            IsHandshake = true;
            notes.Doubt();
            json.Skip();
        }
        else if (notes.Is(ref json, "act"u8, KnownClaim.Actor))
        {
            ReadActor(ref json, ref notes);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadActor(ref Utf8JsonReader json, ref ClaimNotes notes)
    {
        json.Read();
        if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
        {
            throw new JsonException("not an actor");
        }

        // Never back to false: null takes away neither an actor named before nor the strict look that others have asked for.
        var names = json.TokenType == JsonTokenType.StartObject;
        IsImpersonated |= names;
        notes.Doubt(names);
        json.Skip();
    }
}
