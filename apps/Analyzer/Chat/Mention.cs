namespace Analyzer.Chat;

/// <summary>A word of the message that occurs in modules.</summary>
/// <param name="Word">The word, as the message has it.</param>
/// <param name="Count">How often it occurs, in any case.</param>
/// <param name="Modules">In which modules, by name; five at most.</param>
public sealed record Mention(string Word, long Count, IReadOnlyList<string> Modules);
