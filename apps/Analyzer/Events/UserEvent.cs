namespace Analyzer.Events;

/// <summary>Something that happened to a user's things.</summary>
/// <param name="Position">Its place, which a stream reads on from.</param>
/// <param name="Type">What happened.</param>
/// <param name="Data">To what, as JSON on one line.</param>
internal sealed record UserEvent(long Position, string Type, string Data)
{
    public const string ModuleSaved = "module.saved";
    public const string ModuleDeleted = "module.deleted";
    public const string ChatAnswered = "chat.answered";

    /// <summary>Not stored: the token of a stream has expired, and the stream ends.</summary>
    public const string Expired = "expired";
}
