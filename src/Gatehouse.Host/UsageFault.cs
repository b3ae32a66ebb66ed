using Gatehouse.Host.Tokens;

namespace Gatehouse.Host;

/// <summary>
/// What the parser says of a wrong command line. It repeats the arguments, and one that got into the wrong place may be a token: what is
/// long is cut, so that no secret ends in a log.
/// </summary>
internal static class UsageFault
{
    private const int LongestWord = 24;
    private const int Shown = 8;

    public static string Of(string message) =>
        string.Join(' ', message.Split(' ').Select(word => TerminalText.Of(word.Length > LongestWord ? $"{word[..Shown]}…" : word)));
}
