using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>Makes an address or a number of a user's the verified one that its owner has shown it to be.</summary>
internal static class IdentificationProofs
{
    public static void Take(ClerkWorld world, User user, EmailAddress email, string strategy)
    {
        world.Data.Users.Change(user, _ =>
        {
            (email.Verified, email.UpdatedAt) = (true, world.Clock.NowMilliseconds);
            (email.VerifiedByCode, email.VerifiedByLink) = (true, strategy == VerificationStrategy.EmailLink);
        });
        UserChange.Done(world, user);
    }

    public static void Take(ClerkWorld world, User user, PhoneNumber phone)
    {
        world.Data.Users.Change(user, changed =>
        {
            (phone.Verified, phone.VerifiedByCode, phone.UpdatedAt) = (true, true, world.Clock.NowMilliseconds);
            changed.PrimaryPhoneNumberId ??= phone.ReservedForSecondFactor ? null : phone.Id;
        });
        UserChange.Done(world, user);
    }
}
