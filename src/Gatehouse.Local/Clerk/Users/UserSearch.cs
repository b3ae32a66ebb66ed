namespace Gatehouse.Local.Clerk.Users;

/// <summary>What the general search looks at.</summary>
internal static class UserSearch
{
    public static IEnumerable<string> Texts(User user) =>
        new[] { user.Id, user.Username, user.FirstName, user.LastName, user.FullName }
            .OfType<string>()
            .Concat(user.EmailAddresses.Select(email => email.Address))
            .Concat(user.PhoneNumbers.Select(phone => phone.Number))
            .Concat(user.Web3Wallets.Select(wallet => wallet.Address));
}
