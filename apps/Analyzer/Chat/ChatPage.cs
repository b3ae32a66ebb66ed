namespace Analyzer.Chat;

/// <summary>Some of a user's messages, the latest first.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Next">The cursor of those before them; null at the end.</param>
public sealed record ChatPage(IReadOnlyList<ChatMessage> Messages, string? Next);
