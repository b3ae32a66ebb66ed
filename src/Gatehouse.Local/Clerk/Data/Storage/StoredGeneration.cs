using Gatehouse.Local.Clerk.Data.Generation;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Data.Storage;

/// <summary>The generated users as they are stored: how many, from which seed, and in runs the numbers that are no longer as generated.</summary>
internal sealed record StoredGeneration(int Count, int Seed, IReadOnlyList<(int From, int To)> Gone)
{
    public static StoredGeneration Of(UserStore users) => new(users.Generated.Count, users.Generated.Seed, [.. users.GeneratedGone()]);

    public void GiveTo(UserStore users)
    {
        if (Count is < 0 or > GeneratedUsers.Most || Gone.Any(run => run.From < 0 || run.From > run.To || run.To >= Count))
        {
            throw new InvalidDataException("numbers of generated users that cannot be");
        }

        users.Generate(Count == 0 ? GeneratedUsers.None : new GeneratedUsers(Count, Seed), Gone);
    }
}
