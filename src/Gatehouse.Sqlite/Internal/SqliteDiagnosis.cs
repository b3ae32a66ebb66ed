using Gatehouse.Stores;
using Microsoft.Data.Sqlite;

namespace Gatehouse.Sqlite.Internal;

/// <summary>Knows SQLite's exceptions.</summary>
internal sealed class SqliteDiagnosis : IStoreDiagnosis
{
    public StoreFailure Diagnose(Exception failure) => failure is SqliteException known ? known.ToStoreFailure() : StoreFailure.None;
}
