namespace Gatehouse.Local.Clerk.Users;

/// <summary>A user's phone number.</summary>
internal sealed class PhoneNumber : Identification
{
    public required string Number { get; init; }

    /// <summary>Whether codes sent to it are asked for as a second factor.</summary>
    public bool ReservedForSecondFactor { get; set; }

    public bool DefaultSecondFactor { get; set; }
}
