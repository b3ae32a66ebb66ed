using System.Buffers;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>
/// A cookie that Clerk would have the app set. Of its <c>Set-Cookie</c> line only name, value and whether it is to vanish are taken; the
/// attributes are the app's own.
/// </summary>
internal readonly record struct CookieDirective
{
    private const int MaximumLength = 4096;

    private static readonly SearchValues<char> Octets = SearchValues.Create(
        "!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");   // RFC 6265, section 4.1.1

    private CookieDirective(string name, string value, bool hasDomain) => (Name, Value, HasDomain) = (name, value, hasDomain);

    public string Name { get; }

    /// <summary>Empty for a cookie that is to vanish.</summary>
    public string Value { get; }

    /// <summary>Whether the line speaks of a whole domain.</summary>
    public bool HasDomain { get; }

    /// <summary>Reads a line.</summary>
    /// <returns>False for a cookie that nobody but the app itself may set, and for one that no browser would keep.</returns>
    public static bool TryRead(string line, CookieNames names, out CookieDirective directive)
    {
        directive = default;
        var attributes = line.Split(';', StringSplitOptions.TrimEntries);
        var equals = attributes[0].IndexOf('=', StringComparison.Ordinal);
        if (line.Length > MaximumLength || equals < 0)
        {
            return false;
        }

        var (name, value) = (attributes[0][..equals], attributes[0][(equals + 1)..]);
        if (!names.Settable.Contains(name, StringComparer.Ordinal) || value.AsSpan().ContainsAnyExcept(Octets))
        {
            return false;
        }

        var vanishes = attributes.Skip(1).Any(attribute => attribute.Equals("Max-Age=0", StringComparison.OrdinalIgnoreCase));
        var domain = attributes.Skip(1).Any(attribute => attribute.StartsWith("Domain=", StringComparison.OrdinalIgnoreCase));
        directive = new CookieDirective(name, vanishes ? "" : value, domain);
        return true;
    }
}
