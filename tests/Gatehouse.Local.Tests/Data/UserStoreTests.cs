using System.Runtime.CompilerServices;
using Gatehouse.Local.Clerk.Data.Generation;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Tests.Data;

public sealed class UserStoreTests
{
    private const int Million = 1_000_000;

    [Fact]
    public void What_was_changed_on_a_found_user_stays_when_thousands_are_found_after_it()
    {
        var store = new UserStore();
        store.Generate(new GeneratedUsers(50_000, 1), []);
        var changed = store.Find(store.Generated[123].Id)!;
        changed.Banned = true;
        changed.EmailAddresses[0].Verified = false;

        for (var number = 1_000; number < 20_000; number++)
        {
            Assert.NotNull(store.Find(store.Generated[number].Id));
        }

        Assert.Same(changed, store.Find(store.Generated[123].Id));
        Assert.Equal([changed], store.Stored());
        Assert.Equal(50_000, store.Count);
        Assert.True(store.NewestFirst(123).First().Banned);
    }

    [Fact]
    public void A_million_generated_users_take_less_than_a_hundredth_of_a_byte_each_and_a_bit_once_one_is_deleted()
    {
        var store = new UserStore();

        var begun = Allocated(() => store.Generate(new GeneratedUsers(Million, 1), []));
        var deleted = Allocated(() => store.Remove(store.Find(store.Generated[500].Id)!));

        TestContext.Current.TestOutputHelper?.WriteLine($"{begun} bytes for a million generated users, {deleted} when the first is deleted");
        Assert.InRange(begun, 0, Million / 100);
        Assert.InRange(deleted, Million / 8, Million / 7);
        Assert.Equal(Million - 1, store.Count);
    }

    [Fact]
    public void Users_that_were_only_found_or_listed_are_let_go()
    {
        var store = new UserStore();
        store.Generate(new GeneratedUsers(Million, 1), []);

        var seen = Look(store);
        GC.Collect();

        Assert.InRange(seen.Count(user => user.TryGetTarget(out _)), 1, 5_000);
        Assert.Empty(store.Stored());
    }

    [Fact]
    public void A_list_that_is_walked_while_users_come_says_so()
    {
        var store = new UserStore();
        store.Generate(new GeneratedUsers(10, 1), []);

        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var user in store.NewestFirst())
            {
                store.Change(user, changed => changed.FirstName = "other");
            }
        });
    }

    [Fact]
    public void Many_made_in_any_order_are_listed_in_theirs()
    {
        var (store, random) = (new UserStore(), new Random(5));
        var users = Enumerable.Range(0, 20_000)
            .Select(n => new User { Id = $"user_{n:00000}", CreatedAt = random.Next(5_000), UpdatedAt = 0 })
            .ToList();
        users.ForEach(store.Add);
        foreach (var user in users.Take(7_000).ToList())
        {
            store.Remove(user);
            users.Remove(user);
        }

        string[] expected = [.. users.OrderByDescending(user => user.CreatedAt).ThenByDescending(user => user.Id, StringComparer.Ordinal).Select(user => user.Id)];
        Assert.Equal(expected, store.NewestFirst().Select(user => user.Id));
        Assert.Equal(expected.Skip(12_345), store.NewestFirst(12_345).Select(user => user.Id));
        Assert.All(Enumerable.Range(0, 100), step => Assert.Equal(step * 129, store.Position(store.Find(expected[step * 129])!)));
    }

    // Apart, so that no variable of the test holds the last one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference<User>> Look(UserStore store) =>
    [
        .. Enumerable.Range(0, 20_000).Select(number => new WeakReference<User>(store.Find(store.Generated[number].Id)!)),
        .. store.NewestFirst(500_000).Take(20_000).Select(user => new WeakReference<User>(user)),
    ];

    private static long Allocated(Action act)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
