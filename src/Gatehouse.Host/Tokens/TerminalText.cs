using System.Globalization;
using System.Text;

namespace Gatehouse.Host.Tokens;

/// <summary>
/// Texts of strangers made fit for a terminal: what is not plainly visible (controls, escape codes, line breaks, marks that turn the
/// direction of writing) is written as its number.
/// </summary>
internal static class TerminalText
{
    public static string Of(string text, int longest = int.MaxValue)
    {
        var safe = new StringBuilder(Math.Min(text.Length, 1024));
        foreach (var rune in text.EnumerateRunes())
        {
            if (safe.Length >= longest)
            {
                return safe.Append(CultureInfo.InvariantCulture, $"… ({text.Length} characters)").ToString();
            }

            if (rune.Value == ' ' || IsVisible(Rune.GetUnicodeCategory(rune)))
            {
                safe.Append(rune.ToString());
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            }
        }

        return safe.ToString();
    }

    private static bool IsVisible(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
