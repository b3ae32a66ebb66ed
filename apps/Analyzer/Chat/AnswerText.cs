using System.Globalization;

namespace Analyzer.Chat;

/// <summary>Says statistics in words.</summary>
internal static class AnswerText
{
    public const string NoModules = "You have no modules yet. Save one, and I can count it.";

    public static string Of(ModuleStatistics statistics)
    {
        if (statistics.Modules == 0)
        {
            return NoModules;
        }

        var counts = $"Your {Many(statistics.Modules, "module")} hold{(statistics.Modules == 1 ? "s" : "")} "
            + $"{Many(statistics.Words, "word")} in {Many(statistics.Sentences, "sentence")}.";
        return statistics.Mentions.Count == 0
            ? $"{counts} No word of your message occurs in them."
            : $"{counts} Of your message: {string.Join("; ", statistics.Mentions.Select(Say))}.";
    }

    private static string Say(Mention mention) =>
        $"“{mention.Word}” {(mention.Count == 1 ? "once" : Many(mention.Count, "time"))}, in {string.Join(", ", mention.Modules)}";

    private static string Many(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
