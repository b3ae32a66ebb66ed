using System.Runtime.InteropServices;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>
/// Orders users by a text or a time. Of a generated user only its number is held, and the last order by a text is kept, since a list is
/// asked for page by page.
/// </summary>
internal sealed class UserRanking(UserStore users)
{
    private (string Field, int Version, IReadOnlyList<Place> Places)? _last;

    public IEnumerable<User> By(string field, bool descending, int position)
    {
        var places = UserTimes.Has(field) ? ByTime(field) : ByText(field);
        return Enumerable.Range(0, places.Count)
            .Skip(position)
            .Select(index => places[descending ? places.Count - 1 - index : index])
            .Select(place => place.User ?? users.Look(place.Number));
    }

    // Not kept: a time may be set on a user without the store being told.
    private IReadOnlyList<Place> ByTime(string field) => Sort(
        user => UserTimes.Of(user, field),
        number => UserTimes.Of(users.Generated[number], field),
        Comparer<long>.Default);

    private IReadOnlyList<Place> ByText(string field)
    {
        if (_last is not { } last || last.Field != field || last.Version != users.Version)
        {
            _last = last = (field, users.Version, Sort(
                user => UserTexts.Lowered(user, field),
                number => UserTexts.Lowered(users.Generated[number], field),
                StringComparer.Ordinal));
        }

        return last.Places;
    }

    private IReadOnlyList<Place> Sort<TKey>(Func<User, TKey> ofUser, Func<int, TKey> ofNumber, IComparer<TKey> comparer)
    {
        var (keys, places) = (new List<TKey>(users.Count), new List<Place>(users.Count));
        foreach (var (number, user) in users.Everyone())
        {
            keys.Add(user is null ? ofNumber(number) : ofUser(user));
            places.Add(new Place(number, user));
        }

        var order = new int[places.Count];
        for (var index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        order.AsSpan().Sort((left, right) =>
            comparer.Compare(keys[left], keys[right]) is not 0 and var byKey ? byKey : CompareIds(places[left], places[right]));
        return [.. order.Select(index => places[index])];
    }

    // Ids sort by the time of making, and generated users have the newest first.
    private int CompareIds(Place left, Place right) => (left.Number, right.Number) is ( >= 0, >= 0)
        ? right.Number.CompareTo(left.Number)
        : string.CompareOrdinal(IdOf(left), IdOf(right));

    private string IdOf(Place place) => place.User?.Id ?? users.Generated[place.Number].Id;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(int Number, User? User);
}
