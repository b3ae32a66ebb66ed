namespace Analyzer.Chat;

/// <summary>What a user asked, and what the Analyzer had to say.</summary>
public sealed record ChatMessage(string Id, string Message, string Answer, ModuleStatistics Statistics, DateTimeOffset CreatedAt);
