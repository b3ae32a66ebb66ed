using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>The e-mail addresses, phone numbers or wallets of a user to be created, each verified unless it is to be reserved.</summary>
internal sealed record NewIdentification(string Value, bool Reserved)
{
    private const string VerifiedStatus = "verified";
    private const string ReservedStatus = "reserved";

    public static IReadOnlyList<NewIdentification> Read(FormReader form, string name, Action<string, string> check)
    {
        var read = ReadPlain(form, name, check);
        var statusName = $"{name}_identification_status";
        var statuses = form.Texts(statusName) ?? [];
        if (statuses.Count > read.Count || statuses.Any(status => status is not (VerifiedStatus or ReservedStatus)))
        {
            form.Refuse(ParameterErrors.ValueInvalid(statusName, $"{VerifiedStatus} or {ReservedStatus}, once for each {name} at most"));
        }

        return [.. read.Select((identification, index) => identification with { Reserved = statuses.ElementAtOrDefault(index) == ReservedStatus })];
    }

    /// <summary>The same of those that cannot be reserved.</summary>
    public static IReadOnlyList<NewIdentification> ReadPlain(FormReader form, string name, Action<string, string> check)
    {
        var values = form.Texts(name) ?? [];
        if (values.Distinct(StringComparer.OrdinalIgnoreCase).Count() != values.Count)
        {
            form.Refuse(ParameterErrors.Duplicate(name));
        }

        foreach (var value in values)
        {
            check(name, value);
        }

        return [.. values.Select(value => new NewIdentification(value, Reserved: false))];
    }

    public EmailAddress ToEmailAddress(string id, long now) => new()
    {
        Id = id,
        Address = Value,
        Reserved = Reserved,
        Verified = !Reserved,
        CreatedAt = now,
        UpdatedAt = now,
    };

    public Web3Wallet ToWeb3Wallet(string id, long now) => new() { Id = id, Address = Value, CreatedAt = now, UpdatedAt = now };

    public PhoneNumber ToPhoneNumber(string id, long now) => new()
    {
        Id = id,
        Number = Value,
        Reserved = Reserved,
        Verified = !Reserved,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
