namespace Hemera;

/// <summary>The log events of Hemera: 7000 to 7099.</summary>
internal static class EventIds
{
    public const int StoreUnavailable = 7000;
    public const int RequestFailed = 7001;
    public const int DatabaseCreated = 7002;
}
