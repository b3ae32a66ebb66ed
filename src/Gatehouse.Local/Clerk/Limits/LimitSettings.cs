namespace Gatehouse.Local.Clerk.Limits;

/// <summary>How many requests are answered in ten seconds; 0 for any number.</summary>
internal sealed record LimitSettings(int BackendPer10Seconds, int PerResourcePer10Seconds)
{
    public const int Most = 1_000_000;

    /// <summary>Sign-ins begun from one address, and sign-ups; Clerk has 5.</summary>
    public int FrontendCreatesPer10Seconds { get; init; }

    /// <summary>Passwords and codes tried from one address, of sign-ins and of sign-ups; Clerk has 3.</summary>
    public int FrontendAttemptsPer10Seconds { get; init; }

    public static LimitSettings Off { get; } = new(0, 0);
}
