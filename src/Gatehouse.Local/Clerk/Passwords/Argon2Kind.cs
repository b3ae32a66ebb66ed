namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>The variants of Argon2 by the numbers that RFC 9106 gives them. They differ in how the next block to read is chosen.</summary>
internal enum Argon2Kind
{
    /// <summary>By what a counter says, so that memory is read in the same order for every password.</summary>
    I = 1,

    /// <summary>Like <see cref="I"/> through the first half of the first pass, then by what was computed.</summary>
    Id = 2,
}
