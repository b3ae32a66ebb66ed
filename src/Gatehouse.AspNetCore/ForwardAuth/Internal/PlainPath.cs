namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>A path that every server reads in the same way.</summary>
internal static class PlainPath
{
    /// <returns>
    /// False for dot segments, empty segments, backslashes, semicolons, fragments, blanks and control characters, and for encoded slashes,
    /// backslashes, dots, percent signs and control characters, which some decode before they look and some do not.
    /// </returns>
    public static bool Is(ReadOnlySpan<char> path)
    {
        if (path.Length == 0 || path[0] != '/' || path.ContainsAnyExceptInRange('!', '~') || path.ContainsAny("\\;#"))
        {
            return false;
        }

        for (var n = 0; n < path.Length; n++)
        {
            if (path[n] == '%' && !IsHarmless(path[n..]))
            {
                return false;
            }
        }

        foreach (var segment in path[1..].Split('/'))
        {
            var text = path[1..][segment];
            if (text is "." or ".." || (text.Length == 0 && segment.End.Value != path.Length - 1))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHarmless(ReadOnlySpan<char> encoded) =>
        encoded.Length >= 3
        && byte.TryParse(encoded[1..3], System.Globalization.NumberStyles.AllowHexSpecifier, provider: null, out var octet)
        && octet is >= 0x20 and not 0x7F
        && (char)octet is not ('/' or '\\' or '.' or '%' or ';' or '#' or '?');
}
