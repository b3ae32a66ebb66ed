using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>The e-mail addresses or phone numbers of a user to be created, each verified unless it is to be reserved.</summary>
internal sealed record NewIdentification(string Value, bool Reserved)
{
    private const string VerifiedStatus = "verified";
    private const string ReservedStatus = "reserved";

    public static IReadOnlyList<NewIdentification> Read(FormReader form, string name, Action<string, string> check)
    {
        var values = form.Texts(name) ?? [];
        var statusName = $"{name}_identification_status";
        var statuses = form.Texts(statusName) ?? [];
        if (statuses.Count > values.Count || statuses.Any(status => status is not (VerifiedStatus or ReservedStatus)))
        {
            form.Refuse(ParameterErrors.ValueInvalid(statusName, $"{VerifiedStatus} or {ReservedStatus}, once for each {name} at most"));
        }

        if (values.Distinct(StringComparer.OrdinalIgnoreCase).Count() != values.Count)
        {
            form.Refuse(ParameterErrors.Duplicate(name));
        }

        foreach (var value in values)
        {
            check(name, value);
        }

        return [.. values.Select((value, index) => new NewIdentification(value, statuses.ElementAtOrDefault(index) == ReservedStatus))];
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
