using Gatehouse.Local.Clerk.Data.Generation;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>A user's times by the names that lists are ordered by; what has not happened comes before everything.</summary>
internal static class UserTimes
{
    public static bool Has(string field) => field is "updated_at" or "last_active_at" or "last_sign_in_at";

    public static long Of(User user, string field) => field switch
    {
        "updated_at" => user.UpdatedAt,
        "last_active_at" => user.LastActiveAt ?? 0,
        _ => user.LastSignInAt ?? 0,
    };

    public static long Of(GeneratedUser user, string field) => field switch
    {
        "updated_at" => user.UpdatedAt,
        "last_active_at" => user.LastActiveAt ?? 0,
        _ => user.LastSignInAt ?? 0,
    };
}
