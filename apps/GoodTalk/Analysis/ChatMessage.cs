namespace GoodTalk.Analysis;

/// <summary>A question, and what the Analyzer had to say.</summary>
internal sealed record ChatMessage(string Id, string Message, string Answer);
