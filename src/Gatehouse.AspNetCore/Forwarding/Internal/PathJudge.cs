using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>
/// Whether a request's path can be read in one way only. What this app's router, the upstream's router and whatever stands between them might
/// read differently is refused, not mended: a rule about one reading would be led around by the other.
/// </summary>
internal static class PathJudge
{
    // Letters that some decoders fold to a dot, a slash or a backslash (NFKC and best-fit tables).
    private static readonly SearchValues<char> LookAlikes =
        SearchValues.Create("\u2024\u2025\uFE52\uFF0E\u2044\u2215\u29F8\uFF0F\u2216\u29F5\uFE68\uFF3C");

    /// <param name="path">The path as it stands in the request line, without its query.</param>
    public static bool IsPlain(ReadOnlySpan<char> path)
    {
        if (path is not ['/', ..] || !HasPlainCharacters(path))
        {
            return false;
        }

        var rest = path[1..];
        foreach (var range in rest.Split('/'))
        {
            var segment = rest[range];
            var isLast = range.End.Value == rest.Length;
            if (segment.IsEmpty ? !isLast : !IsPlainSegment(segment))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What follows the question mark: any printable ASCII but <c>#</c>, which would end it in the middle.</summary>
    public static bool IsPlainQuery(ReadOnlySpan<char> query) => !query.ContainsAnyExceptInRange('!', '~') && !query.Contains('#');

    private static bool HasPlainCharacters(ReadOnlySpan<char> path)
    {
        if (path.ContainsAnyExceptInRange('!', '~') || path.ContainsAny('\\', '#'))
        {
            return false;
        }

        if (!path.Contains('%'))
        {
            return true;
        }

        return HasPlainEscapes(path) && DecodesToPlainText(path);
    }

    private static bool HasPlainEscapes(ReadOnlySpan<char> path)
    {
        for (var at = path.IndexOf('%'); at >= 0;)
        {
            if (!TryReadEscape(path[at..], out var value)
                || value is < 0x20 or 0x7F or (byte)'/' or (byte)'\\' or (byte)'.'
                || (value == '%' && IsHexPair(path[(at + 3)..])))
            {
                return false;
            }

            var next = path[(at + 3)..].IndexOf('%');
            at = next < 0 ? -1 : at + 3 + next;
        }

        return true;
    }

    // Valid UTF-8 throughout, so that no overlong form hides a dot or slash.
    private static bool DecodesToPlainText(ReadOnlySpan<char> path)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(path.Length);
        try
        {
            var count = Decode(path, bytes);
            if (!System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, count)))
            {
                return false;
            }

            var text = Encoding.UTF8.GetString(bytes, 0, count);
            return !text.AsSpan().ContainsAny(LookAlikes) && !text.Any(char.IsControl);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static int Decode(ReadOnlySpan<char> path, Span<byte> bytes)
    {
        var count = 0;
        for (var at = 0; at < path.Length; at++)
        {
            if (path[at] == '%' && TryReadEscape(path[at..], out var value))
            {
                bytes[count++] = value;
                at += 2;
            }
            else
            {
                bytes[count++] = (byte)path[at];
            }
        }

        return count;
    }

    // Some servers cut a segment's parameters off before they look for dots: "..;a" is ".." to them, and ";a" is nothing.
    private static bool IsPlainSegment(ReadOnlySpan<char> segment)
    {
        var name = segment;
        if (name.IndexOf(';') is >= 0 and var parameters)
        {
            name = name[..parameters];
        }

        if (name.IndexOf("%3b", StringComparison.OrdinalIgnoreCase) is >= 0 and var encoded)
        {
            name = name[..encoded];
        }

        return name.ContainsAnyExcept('.');
    }

    private static bool TryReadEscape(ReadOnlySpan<char> text, out byte value)
    {
        value = 0;
        return text.Length >= 3 && IsHexPair(text[1..]) && byte.TryParse(text.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsHexPair(ReadOnlySpan<char> text) => text.Length >= 2 && char.IsAsciiHexDigit(text[0]) && char.IsAsciiHexDigit(text[1]);
}
