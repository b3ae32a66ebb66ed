using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Sqlite.Internal;

/// <summary>Where an app's database is, by its configuration.</summary>
internal sealed class DatabaseLocation(IConfiguration configuration, DatabaseScripts scripts)
{
    private const string DataDirectory = "Gatehouse:DataDirectory";
    private const string DefaultDirectory = ".gatehouse";

    /// <summary>The settings that an operator may change when the place is wrong.</summary>
    public string Settings => $"ConnectionStrings:{scripts.Name} or {DataDirectory}";

    /// <exception cref="InvalidOperationException">The connection string is none of a file.</exception>
    [SuppressMessage("Globalization", "CA1308", Justification = "a file's name, in the case that people type")]
    public string FindPath()
    {
        if (configuration.GetConnectionString(scripts.Name) is not { Length: > 0 } configured)
        {
            var folder = configuration[DataDirectory] is { Length: > 0 } set ? set : DefaultDirectory;
            return Path.Combine(folder, $"{scripts.Name.ToLowerInvariant()}.db");
        }

        return SqliteDatabase.TryReadPath(configured, out var path)
            ? path
            : throw new InvalidOperationException($"ConnectionStrings:{scripts.Name} must be a file's path, or Data Source= and the path.");
    }
}
