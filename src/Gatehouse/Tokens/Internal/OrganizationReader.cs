using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Gatehouse.Tokens.Internal;

/// <summary>Gathers what either version of the session claims says of the active organization.</summary>
internal ref struct OrganizationReader
{
    private const string RolePrefix = "org:";

    private int _version;
    private LazyText _features;
    private LazyText _id, _slug, _role, _names, _masks;
    private LazyText _oldId, _oldSlug, _oldRole;
    private List<string>? _oldPermissions;

    /// <summary>Whether an organization is active. Of the two versions the one that <c>v</c> names counts; they must not be mixed.</summary>
    public readonly bool IsActive => _version == 2 ? _id.IsPresent : _oldId.IsPresent;

    /// <summary>The organization of a payload that has been checked before; null when none is active.</summary>
    public static OrganizationClaims? Read(ReadOnlySpan<byte> payload)
    {
        var json = StrictJson.Reader(payload);
        var reader = default(OrganizationReader);
        var notes = default(ClaimNotes);
        StrictJson.Enter(ref json);
        while (StrictJson.NextMember(ref json))
        {
            if (!reader.TryRead(ref json, ref notes))
            {
                json.Skip();
            }
        }

        return reader.ToClaims();
    }

    /// <returns>False when the reader stands at no claim about an organization.</returns>
    public bool TryRead(ref Utf8JsonReader json, ref ClaimNotes notes)
    {
        if (notes.Is(ref json, "v"u8, KnownClaim.Version))
        {
            json.Read();
            _version = json.GetInt32();
        }
        else if (notes.Is(ref json, "fea"u8, KnownClaim.Features))
        {
            _features = LazyText.At(StrictJson.Text(ref json));
        }
        else if (notes.Is(ref json, "o"u8, KnownClaim.Organization))
        {
            notes.Doubt(!ReadVersion2(ref json));
        }
        else
        {
            // The claims of version 1 lie beside one another; a name that comes twice is found by the strict look.
            var known = TryReadVersion1(ref json);
            notes.Doubt(known);
            return known;
        }

        return true;
    }

    // False when it has members that are not known here, and so wants a strict look.
    private bool ReadVersion2(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        var quick = true;
        while (StrictJson.NextMember(ref json))
        {
            quick &= Take(ref json, "id"u8, ref _id)
                || Take(ref json, "slg"u8, ref _slug)
                || Take(ref json, "rol"u8, ref _role)
                || Take(ref json, "per"u8, ref _names)
                || Take(ref json, "fpm"u8, ref _masks)
                || Skip(ref json);

            // A null leaves no trace by which the same member would be known when it comes again.
            quick &= json.TokenType != JsonTokenType.Null;
        }

        return quick;
    }

    private bool TryReadVersion1(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("org_permissions"u8))
        {
            json.Read();
            _oldPermissions = json.TokenType == JsonTokenType.Null ? null : StrictJson.Texts(ref json);
            return true;
        }

        return Take(ref json, "org_id"u8, ref _oldId)
            || Take(ref json, "org_slug"u8, ref _oldSlug)
            || Take(ref json, "org_role"u8, ref _oldRole);
    }

    private readonly OrganizationClaims? ToClaims()
    {
        if (_version == 2)
        {
            return _id.ToText() is { } id
                ? new OrganizationClaims(id, _slug.ToText(), Prefixed(_role.ToText()), Decode(_features.ToText(), _names.ToText(), _masks.ToText()))
                : null;
        }

        return _oldId.ToText() is { } oldId
            ? new OrganizationClaims(oldId, _oldSlug.ToText(), Prefixed(_oldRole.ToText()), _oldPermissions ?? [])
            : null;
    }

    /// <summary>
    /// The permissions that the masks spell: bit j of the mask at position i grants the j-th name of the i-th organization-scoped feature.
    /// Features of the user's own scope take no position. A mask that is no number grants nothing, and nor does a list with a feature
    /// without a scope: nobody can say whether it takes a position.
    /// </summary>
    internal static List<string> Decode(string? features, string? names, string? masks)
    {
        var granted = new List<string>();
        if (string.IsNullOrEmpty(features) || string.IsNullOrEmpty(names) || string.IsNullOrEmpty(masks))
        {
            return granted;
        }

        var entries = features.Split(',', StringSplitOptions.TrimEntries).Select(entry => entry.Split(':', 2)).ToArray();
        if (Array.Exists(entries, parts => parts.Length != 2))
        {
            return granted;
        }

        var scoped = entries.Where(parts => parts[0] is "o" or "ou" or "uo").Select(parts => parts[1]);
        var permissions = names.Split(',', StringSplitOptions.TrimEntries);
        foreach (var (feature, mask) in scoped.Zip(masks.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (!BigInteger.TryParse(mask, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
            {
                continue;
            }

            for (var bit = 0; bit < permissions.Length; bit++)
            {
                if (!((bits >> bit) & BigInteger.One).IsZero)
                {
                    granted.Add($"{RolePrefix}{feature}:{permissions[bit]}");
                }
            }
        }

        return granted;
    }

    private static bool Take(ref Utf8JsonReader json, ReadOnlySpan<byte> name, ref LazyText value)
    {
        if (value.IsPresent || !json.ValueTextEquals(name))
        {
            return false;
        }

        json.Read();
        value = json.TokenType switch
        {
            JsonTokenType.String => LazyText.At(json),
            JsonTokenType.Null => default,
            _ => throw new JsonException("not a text"),
        };
        return true;
    }

    private static bool Skip(ref Utf8JsonReader json)
    {
        json.Skip();
        return false;
    }

    private static string? Prefixed(string? role) =>
        string.IsNullOrEmpty(role) ? null : role.StartsWith(RolePrefix, StringComparison.Ordinal) ? role : RolePrefix + role;
}
