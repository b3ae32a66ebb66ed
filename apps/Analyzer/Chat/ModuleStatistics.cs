namespace Analyzer.Chat;

/// <summary>What a user's modules come to, counted over every text in them.</summary>
/// <param name="Modules">How many there are.</param>
/// <param name="Words">Runs of letters and digits; apostrophes and hyphens within do not part them.</param>
/// <param name="Sentences">What ends in <c>.</c>, <c>!</c>, <c>?</c> or <c>…</c>, or with its text.</param>
/// <param name="Characters">As people count them: letters with their accents, emoji with all their parts.</param>
/// <param name="Mentions">The words of the message that occur in them, the most frequent first; ten at most.</param>
public sealed record ModuleStatistics(int Modules, long Words, long Sentences, long Characters, IReadOnlyList<Mention> Mentions);
