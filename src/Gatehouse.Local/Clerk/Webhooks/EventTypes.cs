namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>The names of Clerk's events.</summary>
internal static class EventTypes
{
    /// <summary>
    /// The 45 that Clerk's webhook document of 2025-04-15 names, and <c>subscriptionItem.created</c>, which only its JavaScript client knows.
    /// </summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "user.created", "user.updated", "user.deleted",
        "session.created", "session.pending", "session.ended", "session.removed", "session.revoked",
        "organization.created", "organization.updated", "organization.deleted",
        "organizationMembership.created", "organizationMembership.updated", "organizationMembership.deleted",
        "organizationInvitation.created", "organizationInvitation.accepted", "organizationInvitation.revoked",
        "organizationDomain.created", "organizationDomain.updated", "organizationDomain.deleted",
        "role.created", "role.updated", "role.deleted",
        "permission.created", "permission.updated", "permission.deleted",
        "email.created", "sms.created",
        "waitlistEntry.created", "waitlistEntry.updated",
        "paymentAttempt.created", "paymentAttempt.updated",
        "subscription.created", "subscription.updated", "subscription.active", "subscription.pastDue",
        "subscriptionItem.created", "subscriptionItem.updated", "subscriptionItem.active", "subscriptionItem.canceled",
        "subscriptionItem.upcoming", "subscriptionItem.ended", "subscriptionItem.abandoned", "subscriptionItem.incomplete",
        "subscriptionItem.pastDue", "subscriptionItem.freeTrialEnding",
    ];

    /// <summary>What stands for all of them in an endpoint's list.</summary>
    public const string Every = "*";

    public static bool IsKnown(string type) => All.Contains(type, StringComparer.Ordinal);
}
