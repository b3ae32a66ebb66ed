using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Users;
using Gatehouse.Local.Clerk.Verifications;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>
/// Sends what a user proves to be that user with: a code or a link to an address of theirs, or a code to a phone. Which one is named by
/// the form, else by the identifier that was typed, else it is the primary one.
/// </summary>
internal sealed class FactorDelivery(ClerkWorld world, OriginPolicy origins)
{
    private const string SignInPurpose = "sign_in";

    /// <summary>Sends a first factor.</summary>
    public (Verification? Sent, FrontendAnswer? Refusal) SendFirst(FrontendCall call, BrowserClient client, User user, string strategy, string? identifier)
    {
        var (email, phone, redirect) = (FindEmail(call, user, identifier), FindPhone(call, user, identifier), call.ReadRedirect(origins));
        if (call.Form.Faults() is { } faults)
        {
            return (null, faults);
        }

        return strategy switch
        {
            VerificationStrategy.EmailCode or VerificationStrategy.ResetPasswordByEmail when email is not null => (SendCode(user, email, strategy), null),
            VerificationStrategy.EmailLink when email is not null => (SendLink(call, client, user, email, redirect), null),
            VerificationStrategy.PhoneCode or VerificationStrategy.ResetPasswordByPhone when phone is not null => (SendCode(user, phone, strategy), null),
            _ => (null, FrontendErrors.StrategyInvalid),
        };
    }

    /// <summary>Sends a second factor, which is a code to a phone that is kept for that.</summary>
    public (Verification? Sent, FrontendAnswer? Refusal) SendSecond(FrontendCall call, User user, string strategy)
    {
        var phones = user.PhoneNumbers.FindAll(owned => owned.Verified && owned.ReservedForSecondFactor);
        var phone = call.Form.Text("phone_number_id") is { } id
            ? phones.Find(owned => owned.Id == id)
            : phones.Find(owned => owned.DefaultSecondFactor) ?? phones.FirstOrDefault();
        if (call.Form.Faults() is { } faults)
        {
            return (null, faults);
        }

        return strategy != VerificationStrategy.PhoneCode ? (null, FrontendErrors.StrategyInvalid)
            : phone is null ? (null, FrontendErrors.NoSecondFactors(strategy))
            : (SendCode(user, phone, strategy), null);
    }

    private Verification SendCode(User user, EmailAddress email, string strategy)
    {
        var verification = Verification.OfCode(strategy, world);
        CodeEmail.Raise(world, SlugOf(strategy), verification.Code!, email.Address, email.Id, user.Id);
        return verification;
    }

    private Verification SendCode(User user, PhoneNumber phone, string strategy)
    {
        var verification = Verification.OfCode(strategy, world);
        CodeMessage.Raise(world, SlugOf(strategy), verification.Code!, phone.Number, phone.Id, user.Id);
        return verification;
    }

    private Verification SendLink(FrontendCall call, BrowserClient client, User user, EmailAddress email, string? redirect)
    {
        var verification = Verification.OfLink(world, redirect);
        LinkEmail.Raise(call, world, SignInPurpose, client, verification, email.Address, email.Id, user.Id);
        return verification;
    }

    private static EmailAddress? FindEmail(FrontendCall call, User user, string? identifier)
    {
        var owned = user.EmailAddresses.FindAll(email => email.Verified);
        return call.Form.Text("email_address_id") is { } id
            ? owned.Find(email => email.Id == id)
            : owned.Find(email => string.Equals(email.Address, identifier, StringComparison.OrdinalIgnoreCase))
                ?? owned.Find(email => email.Id == user.PrimaryEmailAddressId);
    }

    private static PhoneNumber? FindPhone(FrontendCall call, User user, string? identifier)
    {
        var owned = user.PhoneNumbers.FindAll(phone => phone.IsFirstFactor());
        return call.Form.Text("phone_number_id") is { } id
            ? owned.Find(phone => phone.Id == id)
            : owned.Find(phone => phone.Number == identifier) ?? owned.Find(phone => phone.Id == user.PrimaryPhoneNumberId);
    }

    private static string SlugOf(string strategy) => VerificationStrategy.IsReset(strategy) ? "reset_password_code" : "verification_code";
}
