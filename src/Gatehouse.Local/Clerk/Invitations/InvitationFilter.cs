using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Invitations;

/// <summary>What the lists of both kinds of invitation have in common.</summary>
internal static class InvitationFilter
{
    /// <summary>The statuses that are asked for; null when none was named.</summary>
    public static HashSet<InvitationStatus>? ReadStatuses(QueryReader query)
    {
        var names = query.Texts("status")?.Where(name => name.Length > 0).ToList();
        if (names is null or [])
        {
            return null;
        }

        var known = Enum.GetValues<InvitationStatus>().ToDictionary(InvitationJson.Text, StringComparer.Ordinal);
        if (names.Exists(name => !known.ContainsKey(name)))
        {
            query.Refuse(ParameterErrors.ValueInvalid("status", $"one of {string.Join(", ", known.Keys)}"));
        }

        return [.. names.Where(known.ContainsKey).Select(name => known[name])];
    }

    public static IEnumerable<T> Order<T>(IEnumerable<T> invitations, Ordering ordering)
        where T : EmailInvitation => ordering.Field switch
        {
            "email_address" => ordering.Of(invitations, invitation => invitation.EmailAddress.ToLowerInvariant(), invitation => invitation.Id),
            "expires_at" => ordering.Of(invitations, invitation => invitation.ExpiresAt, invitation => invitation.Id),
            _ => ordering.Of(invitations, invitation => invitation.CreatedAt, invitation => invitation.Id),
        };
}
