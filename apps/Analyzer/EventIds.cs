namespace Analyzer;

/// <summary>The log events of the Analyzer: 7200 to 7299.</summary>
internal static class EventIds
{
    public const int UserCreated = 7200;
    public const int UserUnavailable = 7201;
    public const int StreamEnded = 7202;
}
