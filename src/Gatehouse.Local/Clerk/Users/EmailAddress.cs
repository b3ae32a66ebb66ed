namespace Gatehouse.Local.Clerk.Users;

/// <summary>A user's e-mail address.</summary>
internal sealed class EmailAddress : Identification
{
    public required string Address { get; init; }
}
