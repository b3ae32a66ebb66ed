using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>The filters of the user list and of the count: all that are given must hold.</summary>
internal sealed class UserFilter
{
    private readonly List<Func<User, bool>> _conditions = [];

    private UserFilter() { }

    private IReadOnlyList<User>? _candidates;

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

    /// <summary>The users that all conditions allow, newest first. A filter that names identifiers does not look at all users.</summary>
    public IEnumerable<User> NewestFirst(UserStore users) => (_candidates ?? users.NewestFirst()).Where(Allows);

    private void ReadExact(QueryReader query, ClerkData data)
    {
        Narrow(data.Users, IdentifierKind.EmailAddress, query.Texts("email_address"));
        Narrow(data.Users, IdentifierKind.PhoneNumber, query.Texts("phone_number"));
        Narrow(data.Users, IdentifierKind.Username, query.Texts("username"));
        AddAnyOf(query.Texts("email_address"), user => user.EmailAddresses.Select(email => email.Address));
        AddAnyOf(query.Texts("phone_number"), user => user.PhoneNumbers.Select(phone => phone.Number));
        AddAnyOf(query.Texts("username"), user => OneOrNone(user.Username));
        AddAnyOf(query.Texts("web3_wallet"), _ => []);        // no user here has a wallet,
        AddAnyOf(query.Texts("provider_user_id"), _ => []);   // or an account elsewhere
        AddSigned(query.Texts("user_id"), user => [user.Id]);
        AddSigned(query.Texts("external_id"), user => OneOrNone(user.ExternalId));
        AddSigned(
            query.Texts("organization_id"),
            user => data.Organizations.MembershipsOfUser(user.Id).Select(held => held.OrganizationId));
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
        AddBefore(query.Time("created_at_before"), user => user.CreatedAt);
        AddAfter(query.Time("created_at_after"), user => user.CreatedAt);
        AddBefore(query.Time("last_active_at_before"), user => user.LastActiveAt);
        AddAfter(query.Time("last_active_at_after"), user => user.LastActiveAt);
        AddAfter(query.Time("last_active_at_since"), user => user.LastActiveAt + 1);   // "since" includes its own time
        AddBefore(query.Time("last_sign_in_at_before"), user => user.LastSignInAt);
        AddAfter(query.Time("last_sign_in_at_after"), user => user.LastSignInAt);
    }

    private void Narrow(UserStore users, IdentifierKind kind, IReadOnlyList<string>? values) =>
        _candidates ??= values is null ? null : UserStore.Sort(values.Select(value => users.Find(kind, value)).OfType<User>().Distinct());

    private void AddAnyOf(IReadOnlyList<string>? wanted, Func<User, IEnumerable<string>> values)
    {
        if (wanted is not null)
        {
            var set = wanted.ToHashSet(StringComparer.OrdinalIgnoreCase);
            _conditions.Add(user => values(user).Any(set.Contains));
        }
    }

    private void AddSigned(IReadOnlyList<string>? wanted, Func<User, IEnumerable<string>> values)
    {
        if (SignedValues.Of(wanted) is { } signed)
        {
            _conditions.Add(user => signed.Allow(values(user)));
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
