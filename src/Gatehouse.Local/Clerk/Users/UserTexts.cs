using Gatehouse.Local.Clerk.Data.Generation;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>A user's texts by the names that lists are ordered by.</summary>
internal static class UserTexts
{
    public static string Lowered(User user, string field) => (field switch
    {
        "email_address" => user.PrimaryEmailAddress?.Address,
        "phone_number" => user.PrimaryPhoneNumber?.Number,
        "web3wallet" => user.PrimaryWeb3Wallet?.Address,
        "first_name" => user.FirstName,
        "last_name" => user.LastName,
        "username" => user.Username,
        _ => null,
    })?.ToLowerInvariant() ?? "";

    public static string Lowered(GeneratedUser user, string field) => field switch
    {
        "email_address" => user.EmailAddress,
        "first_name" => user.FirstName.ToLowerInvariant(),
        "last_name" => user.LastName.ToLowerInvariant(),
        "username" => user.Username,
        _ => "",
    };
}
