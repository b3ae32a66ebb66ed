using System.Collections.Frozen;
using System.Globalization;
using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Revocations.Internal;

/// <summary>How kinds and times are written on the wire.</summary>
internal static class RevocationNames
{
    private static readonly FrozenDictionary<string, RevocationKind> Kinds = new Dictionary<string, RevocationKind>
    {
        ["session"] = RevocationKind.Session,
        ["user"] = RevocationKind.User,
        ["machine"] = RevocationKind.Machine,
        ["token"] = RevocationKind.Token,
        ["key"] = RevocationKind.Key,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<RevocationKind, string> Names = Kinds.ToFrozenDictionary(kind => kind.Value, kind => kind.Key);

    public static bool TryParse(string? name, out RevocationKind kind)
    {
        kind = default;
        return name is not null && Kinds.TryGetValue(name, out kind);
    }

    public static string Of(RevocationKind kind) => Names[kind];

    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
