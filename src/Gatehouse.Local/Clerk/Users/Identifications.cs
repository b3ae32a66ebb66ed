namespace Gatehouse.Local.Clerk.Users;

/// <summary>Finding e-mail addresses and phone numbers by their ids, and what may be done with them.</summary>
internal static class Identifications
{
    public static (User User, EmailAddress Email)? FindEmail(UserStore users, string id) =>
        users.FindByIdentification(id) is { } user && user.EmailAddresses.Find(email => email.Id == id) is { } found
            ? (user, found)
            : null;

    public static (User User, PhoneNumber Phone)? FindPhone(UserStore users, string id) =>
        users.FindByIdentification(id) is { } user && user.PhoneNumbers.Find(phone => phone.Id == id) is { } found
            ? (user, found)
            : null;

    /// <summary>Whether a user would have nothing left to be found by.</summary>
    public static bool IsLast(User user) =>
        user.EmailAddresses.Count + user.PhoneNumbers.Count + user.Web3Wallets.Count + (user.Username is null ? 0 : 1) <= 1;
}
