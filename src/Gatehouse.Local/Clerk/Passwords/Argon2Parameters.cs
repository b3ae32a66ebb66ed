namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>What an Argon2 hash is made with besides the password.</summary>
/// <param name="Kind">The variant.</param>
/// <param name="Memory">Kibibytes.</param>
/// <param name="Passes">How often memory is gone through.</param>
/// <param name="Lanes">In how many strands.</param>
/// <param name="Salt">Of any length.</param>
/// <param name="Length">How many bytes are wanted.</param>
internal sealed record Argon2Parameters(Argon2Kind Kind, int Memory, int Passes, int Lanes, byte[] Salt, int Length)
{
    /// <summary>Of the test vectors alone: digests as Clerk takes them have none.</summary>
    public byte[] Secret { get; init; } = [];

    /// <summary>Of the test vectors alone.</summary>
    public byte[] AssociatedData { get; init; } = [];
}
