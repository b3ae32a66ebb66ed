using System.Text.RegularExpressions;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Roles;

/// <summary>How keys of roles and permissions are formed.</summary>
internal static partial class RoleKeys
{
    private const int TimeoutMilliseconds = 1000;

    public static bool IsRole(string key) => RolePattern.IsMatch(key);

    public static bool IsPermission(string key) =>
        PermissionPattern.IsMatch(key) && !key.StartsWith(Permission.SystemPrefix, StringComparison.Ordinal);

    /// <summary>Notes a fault of a request unless its key is well formed and nobody else's.</summary>
    /// <param name="form">The request.</param>
    /// <param name="expected">What the key should have been; null when it is.</param>
    /// <param name="holder">Who has it.</param>
    /// <param name="self">Whom it is for, if that is there already.</param>
    public static void Check(FormReader form, string? expected, IKeyed? holder, IKeyed? self)
    {
        if (expected is not null)
        {
            form.Refuse(ParameterErrors.FormatInvalid("key", expected));
        }
        else if (holder is not null && holder.Id != self?.Id)
        {
            form.Refuse(ParameterErrors.IdentifierExists("key"));
        }
    }

    [GeneratedRegex(@"\Aorg:[a-z0-9_]+\z", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex RolePattern { get; }

    [GeneratedRegex(@"\Aorg:[a-z0-9_]+:[a-z0-9_]+\z", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex PermissionPattern { get; }
}
