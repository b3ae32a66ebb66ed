namespace Gatehouse.Sqlite;

/// <summary>The log events of the SQLite door: 3900 to 3949.</summary>
internal static class EventIds
{
    public const int DatabaseFilled = 3900;
}
