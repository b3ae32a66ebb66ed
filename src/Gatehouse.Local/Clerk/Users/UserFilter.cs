using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>The filters of the user list and of the count: all that are given must hold.</summary>
internal sealed class UserFilter
{
    private readonly List<Func<User, bool>> _conditions = [];

    private UserFilter() { }

    private IReadOnlyCollection<User>? _candidates;
    private int _rangeConditions;
    private long? _createdBefore;
    private long? _createdAfter;

    public bool IsEmpty => _conditions.Count == 0;

    public static UserFilter Read(QueryReader query, ClerkData data)
    {
        var filter = new UserFilter();
        filter.ReadExact(query, data);
        filter.ReadPartial(query);
        filter.ReadTimes(query);
        if (query.Flag("banned") is { } banned)
        {
            filter._conditions.Add(user => user.Banned == banned);
        }

        return filter;
    }

    public bool Allows(User user) => _conditions.TrueForAll(condition => condition(user));

    /// <summary>The users that can be meant, where the filter names them: there is no need to look at all. In no order.</summary>
    public IReadOnlyCollection<User>? Candidates => _candidates;

    /// <summary>Whether nothing is asked for but that users were made within a stretch of time.</summary>
    public bool IsRange => _conditions.Count == _rangeConditions;

    /// <summary>From which position to which, in the list of all, newest first, users were made when they shall have been.</summary>
    public (int From, int To) Positions(UserStore users)
    {
        var from = _createdBefore is { } before ? users.CountSince(before) : 0;
        return (from, Math.Max(from, _createdAfter is { } after ? users.CountSince(Math.Max(after, after + 1)) : users.Count));
    }

    public int Count(UserStore users)
    {
        var (from, to) = Positions(users);
        return _candidates is { } few ? few.Count(Allows)
            : IsRange ? to - from
            : users.NewestFirst(from).Take(to - from).Count(Allows);
    }

    private void ReadExact(QueryReader query, ClerkData data)
    {
        Narrow(data.Users, IdentifierKind.EmailAddress, query.Texts("email_address"));
        Narrow(data.Users, IdentifierKind.PhoneNumber, query.Texts("phone_number"));
        Narrow(data.Users, IdentifierKind.Username, query.Texts("username"));
        Narrow(data.Users, IdentifierKind.Web3Wallet, query.Texts("web3_wallet"));
        AddAnyOf(query.Texts("email_address"), user => user.EmailAddresses.Select(email => email.Address));
        AddAnyOf(query.Texts("phone_number"), user => user.PhoneNumbers.Select(phone => phone.Number));
        AddAnyOf(query.Texts("username"), user => OneOrNone(user.Username));
        AddAnyOf(query.Texts("web3_wallet"), user => user.Web3Wallets.Select(wallet => wallet.Address));
        var provider = query.Text("provider");
        AddAnyOf(query.Texts("provider_user_id"), user => user.ExternalAccounts
            .Where(account => string.IsNullOrEmpty(provider) || account.Provider == provider)
            .Select(account => account.ProviderUserId));
        AddSigned(query.Texts("user_id"), user => [user.Id], id => [data.Users.Find(id)]);
        AddSigned(
            query.Texts("external_id"), user => OneOrNone(user.ExternalId), id => [data.Users.Find(IdentifierKind.ExternalId, id)]);
        AddSigned(
            query.Texts("organization_id"),
            user => data.Organizations.MembershipsOfUser(user.Id).Select(held => held.OrganizationId),
            id => data.Organizations.MembershipsOf(id).Select(held => data.Users.Find(held.UserId)));
    }

    private void ReadPartial(QueryReader query)
    {
        AddContaining(query.Text("email_address_query"), user => user.EmailAddresses.Select(email => email.Address));
        AddContaining(query.Text("phone_number_query"), user => user.PhoneNumbers.Select(phone => phone.Number));
        AddContaining(query.Text("username_query"), user => OneOrNone(user.Username));
        AddContaining(query.Text("name_query"), user => OneOrNone(user.FullName));
        AddContaining(query.Text("query"), UserSearch.Texts);
    }

    private void ReadTimes(QueryReader query)
    {
        (_createdBefore, _createdAfter) = (query.Time("created_at_before"), query.Time("created_at_after"));
        AddBefore(_createdBefore, user => user.CreatedAt);
        AddAfter(_createdAfter, user => user.CreatedAt);
        _rangeConditions = (_createdBefore is null ? 0 : 1) + (_createdAfter is null ? 0 : 1);
        AddBefore(query.Time("last_active_at_before"), user => user.LastActiveAt);
        AddAfter(query.Time("last_active_at_after"), user => user.LastActiveAt);
        AddAfter(query.Time("last_active_at_since"), user => user.LastActiveAt + 1);   // "since" includes its own time
        AddBefore(query.Time("last_sign_in_at_before"), user => user.LastSignInAt);
        AddAfter(query.Time("last_sign_in_at_after"), user => user.LastSignInAt);
    }

    private void Narrow(UserStore users, IdentifierKind kind, IReadOnlyList<string>? values) =>
        Narrow(values?.Select(value => users.Find(kind, value)));

    private void Narrow(IEnumerable<User?>? users) =>
        _candidates ??= users?.OfType<User>().DistinctBy(user => user.Id, StringComparer.Ordinal).ToList();

    private void AddAnyOf(IReadOnlyList<string>? wanted, Func<User, IEnumerable<string>> values)
    {
        if (wanted is not null)
        {
            var set = wanted.ToHashSet(StringComparer.OrdinalIgnoreCase);
            _conditions.Add(user => values(user).Any(set.Contains));
        }
    }

    private void AddSigned(
        IReadOnlyList<string>? wanted,
        Func<User, IEnumerable<string>> values,
        Func<string, IEnumerable<User?>> holders)
    {
        if (SignedValues.Of(wanted) is { } signed)
        {
            _conditions.Add(user => signed.Allow(values(user)));
            Narrow(signed.Included.Count == 0 ? null : signed.Included.SelectMany(holders));
        }
    }

    private void AddContaining(string? part, Func<User, IEnumerable<string>> values)
    {
        if (!string.IsNullOrEmpty(part))
        {
            _conditions.Add(user => values(user).Any(value => value.Contains(part, StringComparison.OrdinalIgnoreCase)));
        }
    }

    private void AddBefore(long? time, Func<User, long?> value)
    {
        if (time is not null)
        {
            _conditions.Add(user => value(user) < time);
        }
    }

    private void AddAfter(long? time, Func<User, long?> value)
    {
        if (time is not null)
        {
            _conditions.Add(user => value(user) > time);
        }
    }

    private static IEnumerable<string> OneOrNone(string? value) => value is null ? [] : [value];
}
