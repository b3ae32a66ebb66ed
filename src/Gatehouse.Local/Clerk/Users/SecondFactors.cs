namespace Gatehouse.Local.Clerk.Users;

/// <summary>Keeps the times at which a user's second factors came and went.</summary>
internal static class SecondFactors
{
    public static void Change(User user, long now, Action<User> change)
    {
        var before = user.HasSecondFactor;
        change(user);
        if (user.HasSecondFactor == before)
        {
            return;
        }

        if (before)
        {
            user.MfaDisabledAt = now;
        }
        else
        {
            user.MfaEnabledAt = now;
        }
    }
}
