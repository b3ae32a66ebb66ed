using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Gatehouse.Sqlite;

/// <summary>Chooses the native library, once in a process: the system's, which is newer and patched, else the one that is brought along.</summary>
internal static class SqliteLibrary
{
    /// <summary>What the library is called by those who call into it, here and in the package.</summary>
    public const string Name = "e_sqlite3";

    public static void Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Find);
        NativeLibrary.SetDllImportResolver(typeof(SqliteLibrary).Assembly, Find);
        Batteries_V2.Init();
    }

    private static nint Find(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == Name && NativeLibrary.TryLoad("libsqlite3.so.0", out var handle) ? handle : 0;
}
