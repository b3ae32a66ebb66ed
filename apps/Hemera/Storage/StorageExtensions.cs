using Gatehouse.Sqlite;
using Hemera.Courses;
using Hemera.Participations;

namespace Hemera.Storage;

internal static class StorageExtensions
{
    private const string ConnectionName = "Hemera";
    private const string FileName = "hemera.db";

    /// <summary>The database of <c>ConnectionStrings:Hemera</c>, else <c>hemera.db</c> under <c>Gatehouse:DataDirectory</c>.</summary>
    public static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SqliteDatabase(PathFrom(provider.GetRequiredService<IConfiguration>())));
        services.AddSingleton<CourseStore>();
        services.AddSingleton<ParticipationStore>();
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
