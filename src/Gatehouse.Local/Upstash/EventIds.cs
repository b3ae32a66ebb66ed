namespace Gatehouse.Local.Upstash;

/// <summary>The local Upstash's log events: 9400 and up.</summary>
internal static class EventIds
{
    public const int RedisStarted = 9400;
    public const int RedisEnded = 9401;
    public const int RequestFailed = 9402;
    public const int FaultInjected = 9403;
    public const int FolderNotRemoved = 9404;
}
