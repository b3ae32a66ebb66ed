using System.Runtime.InteropServices;
using SQLitePCL;

namespace Gatehouse.Sqlite;

/// <summary>Chooses the native library, once in a process: the system's, which is newer and patched, else the one that is brought along.</summary>
internal static class SqliteLibrary
{
    public static void Load()
    {
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            static (name, _, _) => name == "e_sqlite3" && NativeLibrary.TryLoad("libsqlite3.so.0", out var handle) ? handle : 0);
        Batteries_V2.Init();
    }
}
