using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>The mail that would carry a code.</summary>
internal static class CodeEmail
{
    public static void Raise(ClerkWorld world, string slug, string code, string address, string? addressId = null, string? userId = null)
    {
        var text = $"Enter the following verification code when prompted: {code}";
        new MailEvent(slug, $"{code} is your verification code", $"<p>{text}</p>", text)
        {
            Address = address,
            AddressId = addressId,
            UserId = userId,
            Data = json => json.WriteString("otp_code", code),
        }.Raise(world);
    }
}
