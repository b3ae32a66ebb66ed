namespace Aither;

/// <summary>The log events of Aither: 7100 to 7199.</summary>
internal static class EventIds
{
    public const int HemeraUnavailable = 7110;
    public const int HemeraRefusedToken = 7111;
    public const int HemeraForbids = 7112;
    public const int HemeraUnexpected = 7113;
    public const int SyncFinished = 7120;
}
