namespace Gatehouse.Local.Clerk.Data;

/// <summary>Where the instance's data come from, and where they are kept.</summary>
/// <param name="SeedFile">A file with what it is to begin with.</param>
/// <param name="Users">How many users are generated; null when nothing was said.</param>
/// <param name="UsersSeed">What the generated users follow from.</param>
/// <param name="DataFile">The file that the state survives a restart in.</param>
internal sealed record DataSettings(string? SeedFile, int? Users, int UsersSeed, string? DataFile)
{
    /// <summary>The seed of the generated users when none is set: the same people at each start.</summary>
    public const int DefaultUsersSeed = 1;

    public static DataSettings None { get; } = new(null, null, DefaultUsersSeed, null);
}
