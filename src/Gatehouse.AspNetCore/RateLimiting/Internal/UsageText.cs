using System.Text;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>What a client says of itself, fit for a line of a log.</summary>
internal static class UsageText
{
    public const int Longest = 120;

    private const int MostRead = 4 * Longest;

    // No product's name or version is as long in one piece; keys and tokens are longer.
    private const int LongestWord = 19;

    public static string Of(string said)
    {
        var text = new StringBuilder(Longest);
        var word = new StringBuilder(LongestWord);
        foreach (var sign in said.AsSpan(0, Math.Min(said.Length, MostRead)))
        {
            if (char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-' or '.' or '=' or '+')
            {
                word.Append(sign);
                continue;
            }

            End(text, word);
            text.Append(sign is >= ' ' and <= '~' ? sign : '?');
        }

        if (said.Length <= MostRead || word.Length > LongestWord)
        {
            End(text, word);   // else it may be the beginning of a longer one
        }

        return text.Length switch
        {
            0 => "-",
            <= Longest => text.ToString(),
            _ => text.ToString(0, Longest),
        };
    }

    private static void End(StringBuilder text, StringBuilder word)
    {
        text.Append(word.Length > LongestWord ? "***" : word.ToString());
        word.Clear();
    }
}
