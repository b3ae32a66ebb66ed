using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>The names that users sign in by.</summary>
internal static class SignInIdentifier
{
    public static User? Find(UserStore users, string identifier) =>
        users.Find(IdentifierKind.EmailAddress, identifier)
        ?? users.Find(IdentifierKind.PhoneNumber, identifier)
        ?? users.Find(IdentifierKind.Username, identifier);

    /// <summary>The name that a user is shown by.</summary>
    public static string? Of(User user) => user.PrimaryEmailAddress?.Address ?? user.PrimaryPhoneNumber?.Number ?? user.Username;
}
