namespace Gatehouse.Connectors;

/// <summary>This project's log events: 6000 and up.</summary>
internal static class EventIds
{
    public const int UsageNotWritten = 6000;
}
