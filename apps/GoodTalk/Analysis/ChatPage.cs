namespace GoodTalk.Analysis;

/// <summary>Some of a user's messages, the latest first.</summary>
internal sealed record ChatPage(IReadOnlyList<ChatMessage> Messages);
