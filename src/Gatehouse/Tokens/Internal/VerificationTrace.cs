using System.Globalization;

namespace Gatehouse.Tokens.Internal;

/// <summary>Writes down the verdict of each step of one verification.</summary>
internal sealed class VerificationTrace(Entrance entrance, DateTimeOffset now)
{
    private const int LongestWords = 500;

    private readonly List<ExplainedStep> _steps = [];

    /// <summary>A refusal, written down where somebody asks why.</summary>
    public static TokenResult Refuse(VerificationTrace? trace, TokenFailure failure, string step)
    {
        trace?.Failed(step, failure);
        return TokenResult.Refused(failure);
    }

    public void Passed(string step, string words) => Add(step, null, words);

    /// <summary>Weighs a genuine token against every demand: whoever asks why wants all the reasons, not the first.</summary>
    public void Weigh(in EntranceQuestion question)
    {
        foreach (var demand in EntranceDemands.All)
        {
            if (demand.IsMet(question))
            {
                Add(demand.Name, null, "met");
                continue;
            }

            var enforced = entrance.ReportOnly.Contains(demand.Failure) ? "only reported here: " : "";
            Add(demand.Name, demand.Failure, enforced + FailureWords.Of(demand.Failure, question.Claims, entrance, now));
        }
    }

    public TokenExplanation ToExplanation(TokenResult result) => new(result, _steps);

    private void Failed(string step, TokenFailure failure) => Add(step, failure, (step, failure) switch
    {
        ("claims", TokenFailure.Malformed) => FailureWords.Unreadable,
        (not "class", TokenFailure.Class) => FailureWords.Contradictory,
        _ => FailureWords.Of(failure, claims: null, entrance, now),
    });

    private void Add(string step, TokenFailure? failure, string words) => _steps.Add(new ExplainedStep(step, failure, Plain(words)));

    // The words quote what a stranger may have written, and are read in terminals and logs.
    private static string Plain(string words)
    {
        var shown = words.Length > LongestWords ? words[..LongestWords] + "…" : words;
        return string.Create(shown.Length, shown, (letters, text) =>
        {
            for (var at = 0; at < letters.Length; at++)
            {
                letters[at] = IsPlain(text[at]) ? text[at] : '?';
            }
        });
    }

    private static bool IsPlain(char letter) => char.GetUnicodeCategory(letter) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
