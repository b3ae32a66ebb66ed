using System.Text;

namespace Analyzer.Chat;

/// <summary>Takes texts apart into words and sentences, by one pass over their characters.</summary>
internal static class TextScan
{
    private static readonly Rune[] Joiners = [new('\''), new('’'), new('-')];
    private static readonly Rune[] Ends = [new('.'), new('!'), new('?'), new('…'), new('。'), new('！'), new('？')];

    /// <summary>The words, as they stand in the text.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        var word = new StringBuilder();
        for (var n = 0; n < runes.Length; n++)
        {
            if (IsInWord(runes, n))
            {
                word.Append(runes[n].ToString());
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    /// <summary>How many sentences there are; a text with a word has one at least, and a full stop within a number or a name ends none.</summary>
    public static long CountSentences(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        var (sentences, open) = (0L, false);
        for (var n = 0; n < runes.Length; n++)
        {
            if (IsLetter(runes[n]))
            {
                open = true;
            }
            else if (open && Ends.Contains(runes[n]) && !(n + 1 < runes.Length && IsLetter(runes[n + 1])))
            {
                (sentences, open) = (sentences + 1, false);
            }
        }

        return open ? sentences + 1 : sentences;
    }

    private static bool IsInWord(Rune[] runes, int n) =>
        IsLetter(runes[n])
        || (Joiners.Contains(runes[n]) && n > 0 && n + 1 < runes.Length && IsLetter(runes[n - 1]) && IsLetter(runes[n + 1]));

    private static bool IsLetter(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
