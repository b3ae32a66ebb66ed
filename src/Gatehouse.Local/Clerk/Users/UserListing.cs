using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>A list of users: which, in what order, and from where.</summary>
internal sealed class UserListing(UserStore users, UserFilter filter, Ordering ordering)
{
    private const string CreatedAt = "created_at";

    /// <summary>A page of the list, counted from its beginning or from behind a user. The pages before it are not made.</summary>
    public IEnumerable<User> Page(Page page, User? after) => (filter, ordering.Field) switch
    {
        ({ Candidates: { } few }, _) => page.Of(Behind(after, Sorted(few.Where(filter.Allows)))),
        ({ IsRange: true }, CreatedAt) => Walk(after, page.Offset).Take(page.Limit),
        (_, CreatedAt) => page.Of(Walk(after, skipped: 0).Where(filter.Allows)),
        ({ IsEmpty: true }, var field) => users.Ranked(field, ordering.Descending, page.Offset).Take(page.Limit),
        (_, var field) => page.Of(users.Ranked(field, ordering.Descending).Where(filter.Allows)),
    };

    private IEnumerable<User> Walk(User? after, int skipped)
    {
        var (from, to) = filter.Positions(users);
        if (after is not null)
        {
            var newer = users.Position(after);
            (from, to) = ordering.Descending ? (Math.Max(from, newer + 1), to) : (from, Math.Min(to, newer));
        }

        var count = Math.Max(0, to - from - Math.Min(skipped, users.Count));
        return (ordering.Descending ? users.NewestFirst(to - count) : users.OldestFirst(users.Count - from - count)).Take(count);
    }

    private IEnumerable<User> Behind(User? after, IEnumerable<User> sorted)
    {
        var newer = after is null ? 0 : users.Position(after);
        return sorted.Where(user => after is null || (ordering.Descending ? users.Position(user) > newer : users.Position(user) < newer));
    }

    private IEnumerable<User> Sorted(IEnumerable<User> few) => ordering.Field switch
    {
        CreatedAt => ordering.Of(few, user => user.CreatedAt, user => user.Id),
        var time when UserTimes.Has(time) => ordering.Of(few, user => UserTimes.Of(user, time), user => user.Id),
        var text => ordering.Of(few, user => UserTexts.Lowered(user, text), user => user.Id),
    };
}
