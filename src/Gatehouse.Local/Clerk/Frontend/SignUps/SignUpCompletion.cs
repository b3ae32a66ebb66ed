using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignUps;

/// <summary>What follows when nothing is missing any more and all that was given is proved: a user, and a session.</summary>
internal static class SignUpCompletion
{
    /// <summary>Takes a sign-up as far as it goes. Not null when the user cannot be made.</summary>
    public static ClerkError? Advance(ClerkWorld world, BrowserClient client, SignUp signUp)
    {
        var now = world.Clock.NowMilliseconds;
        if (signUp.MissingFields.Any() || signUp.UnverifiedFieldsAt(now).Any())
        {
            return null;
        }

        if (TakenMeanwhile(world, signUp) is { } taken)
        {
            return ParameterErrors.IdentifierExists(taken);
        }

        var user = NewUser(world, signUp, now);
        world.Data.Users.Add(user);
        UserEvents.Created(world, user);
        if (signUp.Ticket is { } ticket)
        {
            SignUpInvitation.Accept(world, ticket, user);
        }

        var strategy = (signUp.EmailVerification ?? signUp.PhoneVerification)!.Strategy;
        var (session, refusal) = ClientSessions.Begin(world, client, user.Id, strategy);
        if (session is null)
        {
            return refusal;
        }

        (signUp.CreatedUserId, signUp.CreatedSessionId) = (user.Id, session.Id);
        return null;
    }

    // Another browser may have taken an identifier since it was given here.
    private static string? TakenMeanwhile(ClerkWorld world, SignUp signUp)
    {
        var users = world.Data.Users;
        return signUp.EmailAddress is { } email && users.Find(IdentifierKind.EmailAddress, email) is not null ? "email_address"
            : signUp.PhoneNumber is { } phone && users.Find(IdentifierKind.PhoneNumber, phone) is not null ? "phone_number"
            : signUp.Username is { } username && users.Find(IdentifierKind.Username, username) is not null ? "username"
            : null;
    }

    private static User NewUser(ClerkWorld world, SignUp signUp, long now)
    {
        var byLink = signUp.EmailVerification?.Strategy == VerificationStrategy.EmailLink;
        var email = signUp.EmailAddress is null ? null : new EmailAddress
        {
            Id = world.Ids.Next("idn_"),
            Address = signUp.EmailAddress,
            VerifiedByCode = true,
            VerifiedByLink = byLink,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var phone = signUp.PhoneNumber is null ? null : new PhoneNumber
        {
            Id = world.Ids.Next("idn_"),
            Number = signUp.PhoneNumber,
            VerifiedByCode = true,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return new User
        {
            Id = signUp.UserId,
            FirstName = signUp.FirstName,
            LastName = signUp.LastName,
            Username = signUp.Username,
            Locale = signUp.Locale,
            EmailAddresses = email is null ? [] : [email],
            PrimaryEmailAddressId = email?.Id,
            PhoneNumbers = phone is null ? [] : [phone],
            PrimaryPhoneNumberId = phone?.Id,
            Password = signUp.Password,
            PublicMetadata = signUp.PublicMetadata,
            UnsafeMetadata = signUp.UnsafeMetadata,
            LegalAcceptedAt = signUp.LegalAccepted ? now : null,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
