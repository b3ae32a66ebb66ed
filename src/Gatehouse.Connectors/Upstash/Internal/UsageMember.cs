using System.Globalization;
using System.Text;

namespace Gatehouse.Connectors.Upstash.Internal;

/// <summary>What analytics count: <c>{"identifier":…,"success":…}</c>, letter for letter as JavaScript writes it, since the text is the key.</summary>
internal static class UsageMember
{
    public static string Of(string identifier, bool allowed)
    {
        var text = new StringBuilder("{\"identifier\":\"");
        for (var n = 0; n < identifier.Length; n++)
        {
            Append(text, identifier, n);
        }

        return text.Append("\",\"success\":").Append(allowed ? "true" : "false").Append('}').ToString();
    }

    // ECMA-262, QuoteJSONString.
    private static void Append(StringBuilder text, string identifier, int n)
    {
        var letter = identifier[n];
        var isHalf = char.IsSurrogate(letter)
            && !(n + 1 < identifier.Length && char.IsSurrogatePair(letter, identifier[n + 1]))
            && !(n > 0 && char.IsSurrogatePair(identifier[n - 1], letter));
        _ = letter switch
        {
            '"' => text.Append("\\\""),
            '\\' => text.Append("\\\\"),
            '\b' => text.Append("\\b"),
            '\f' => text.Append("\\f"),
            '\n' => text.Append("\\n"),
            '\r' => text.Append("\\r"),
            '\t' => text.Append("\\t"),
            < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
            _ when isHalf => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
            _ => text.Append(letter),
        };
    }
}
