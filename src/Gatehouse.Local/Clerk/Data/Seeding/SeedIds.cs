using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Gatehouse.Local.Clerk.Data.Seeding;

/// <summary>The ids that a seed file gives, each of which may be given once, and those that it leaves to be derived.</summary>
internal sealed partial class SeedIds(IEnumerable<string> taken)
{
    private readonly Dictionary<string, string> _places = taken.ToDictionary(id => id, _ => "something seeded", StringComparer.Ordinal);

    /// <summary>An id that must be given.</summary>
    public string Required(SeedObject item, string prefix)
    {
        if (!item.Has("id"))
        {
            item.Refuse("id", "is missing");
        }

        return Given(item, prefix) ?? "";
    }

    /// <summary>An id that may be given, or is derived from what it is of: the same in every run.</summary>
    public string Optional(SeedObject item, string prefix, string of) => Given(item, prefix) ?? Derive(prefix, of);

    public static string Derive(string prefix, string of)
    {
        Span<char> text = stackalloc char[Ksuid.Length];
        Ksuid.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{prefix}\n{of}")).AsSpan(0, Ksuid.Bytes), text);
        return string.Concat(prefix, text);
    }

    private string? Given(SeedObject item, string prefix)
    {
        if (item.Text("id") is not { } id)
        {
            return null;
        }

        if (!id.StartsWith(prefix, StringComparison.Ordinal) || !Rest.IsMatch(id.AsSpan(prefix.Length)))
        {
            item.Refuse("id", $"is '{id}', and must be {prefix} and 1 to 64 letters, digits or underscores");
            return null;
        }

        if (!_places.TryAdd(id, item.Path))
        {
            item.Refuse("id", $"is '{id}', which {_places[id]} has already");
            return null;
        }

        return id;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rest { get; }
}
