using Gatehouse.Local.Clerk.Data.Generation;
using Gatehouse.Local.Clerk.Data.Seeding;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.Data;

/// <summary>What an instance begins with, and goes back to when it is reset.</summary>
internal sealed class ClerkBeginning(SeedFile? seedFile, GeneratedUsers users)
{
    /// <summary>The seeded people and machines alone.</summary>
    public static ClerkBeginning Plain { get; } = new(null, GeneratedUsers.None);

    /// <exception cref="InvalidOperationException">The seed file cannot be read.</exception>
    public static ClerkBeginning Of(DataSettings settings) => new(
        settings.SeedFile is { } path ? SeedFile.Open(path) : null,
        settings.Users is > 0 and var count ? new GeneratedUsers(count, settings.UsersSeed) : GeneratedUsers.None);

    /// <summary>New data, of objects that nobody else holds.</summary>
    /// <exception cref="InvalidOperationException">The seed file is faulty.</exception>
    public ClerkData Make()
    {
        var data = new ClerkData(KeyRing.Published());
        data.Users.Generate(users, []);
        if (seedFile is null)
        {
            return ClerkSeed.Fill(data);
        }

        seedFile.Fill(data);
        return data;
    }
}
