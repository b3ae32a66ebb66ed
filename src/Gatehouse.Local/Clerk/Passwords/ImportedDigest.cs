namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>A digest of a password that another system made, taken apart.</summary>
/// <param name="Matches">Whether a password, in UTF-8, is the one that the digest is of.</param>
internal sealed record ImportedDigest(Func<byte[], bool> Matches)
{
    /// <summary>The longest that a comparison may take, in seconds: nothing else is answered meanwhile.</summary>
    public const int MostSeconds = 5;

    /// <summary>The most that a comparison may need, in bytes.</summary>
    public const long MostMemory = 256L * 1024 * 1024;

    /// <summary>About how many seconds a comparison takes, on a slow machine.</summary>
    public double Seconds { get; init; }

    /// <summary>How many bytes a comparison needs.</summary>
    public double Memory { get; init; }

    /// <summary>Whether it can be compared here: whoever makes a digest chooses what comparing it costs.</summary>
    public bool IsAffordable => Seconds <= MostSeconds && Memory <= MostMemory;
}
