using Aither.Library;
using Aither.Sync;
using Gatehouse.Sqlite;

namespace Aither.Storage;

internal static class StorageExtensions
{
    private const string ConnectionName = "Aither";
    private const string FileName = "aither.db";

    /// <summary>The database of <c>ConnectionStrings:Aither</c>, else <c>aither.db</c> under <c>Gatehouse:DataDirectory</c>.</summary>
    public static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SqliteDatabase(PathFrom(provider.GetRequiredService<IConfiguration>())));
        services.AddSingleton<LibraryStore>();
        services.AddSingleton<SyncStore>();
        services.AddHostedService<DatabaseCreation>();
    }

    private static string PathFrom(IConfiguration configuration)
    {
        if (configuration.GetConnectionString(ConnectionName) is not { Length: > 0 } configured)
        {
            return Path.Combine(configuration["Gatehouse:DataDirectory"] is { Length: > 0 } folder ? folder : ".gatehouse", FileName);
        }

        return SqliteDatabase.TryReadPath(configured, out var path)
            ? path
            : throw new InvalidOperationException($"ConnectionStrings:{ConnectionName} must be a file's path, or Data Source= and the path.");
    }
}
