using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Profile;

/// <summary>A user's own e-mail addresses: adding one, proving it, taking it away.</summary>
internal sealed class ProfileEmailOperations(ClerkWorld world, OriginPolicy origins)
{
    private const string Path = "/me/email_addresses";

    public void Map(FrontendRoutes routes) => routes
        .Get(Path, call => call.WithUser((_, user) => List(user)))
        .Post(Path, call => call.WithFreshUser((_, user) => Add(call, user)))
        .Get(Path + "/{email_address_id}", call => Find(call, (_, email) => Tell(call, email)))
        .Delete(Path + "/{email_address_id}", call => FindFresh(call, Remove))
        .Post(Path + "/{email_address_id}/prepare_verification", call => Find(call, (user, email) => Prepare(call, user, email)))
        .Post(Path + "/{email_address_id}/attempt_verification", call => Find(call, (user, email) => Attempt(call, user, email)));

    private static FrontendAnswer List(User user) =>
        FrontendAnswer.Bare(json => ListJson.WriteArray(json, user.EmailAddresses, IdentificationJson.Write));

    private FrontendAnswer Add(FrontendCall call, User user)
    {
        var address = call.Form.RequiredText("email_address");
        if (address.Length > 0)
        {
            call.Form.Identifiers(world.Data, user).EmailAddress("email_address", address);
        }

        if (user.EmailAddresses.Exists(owned => string.Equals(owned.Address, address, StringComparison.OrdinalIgnoreCase)))
        {
            call.Form.Refuse(ParameterErrors.IdentifierExists("email_address"));
        }

        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var now = world.Clock.NowMilliseconds;
        var email = new EmailAddress
        {
            Id = world.Ids.Next("idn_"),
            Address = address,
            Verified = false,
            CreatedAt = now,
            UpdatedAt = now,
        };
        Change(user, changed => changed.EmailAddresses.Add(email));
        return Tell(call, email);
    }

    private FrontendAnswer Prepare(FrontendCall call, User user, EmailAddress email)
    {
        var strategy = call.Form.RequiredText("strategy");
        var redirect = call.ReadRedirect(origins);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (strategy is not (VerificationStrategy.EmailCode or VerificationStrategy.EmailLink))
        {
            return FrontendErrors.StrategyInvalid;
        }

        if (email.Verified)
        {
            return FrontendErrors.VerificationAlreadyVerified;
        }

        var verification = Send(call, user, email, strategy, redirect);
        call.Client!.Expect(email.Id, verification);
        return Tell(call, email);
    }

    private Verification Send(FrontendCall call, User user, EmailAddress email, string strategy, string? redirect)
    {
        if (strategy == VerificationStrategy.EmailLink)
        {
            var link = Verification.OfLink(world, redirect);
            LinkEmail.Raise(call, world, "user_profile", call.Client!, link, email.Address, email.Id, user.Id);
            return link;
        }

        var verification = Verification.OfCode(strategy, world);
        CodeEmail.Raise(world, "verification_code", verification.Code!, email.Address, email.Id, user.Id);
        return verification;
    }

    private FrontendAnswer Attempt(FrontendCall call, User user, EmailAddress email)
    {
        if (ProofAttempt.Refuse(call, world, email.Id, email.Verified) is { } refused)
        {
            return refused;
        }

        IdentificationProofs.Take(world, user, email, VerificationStrategy.EmailCode);
        return Tell(call, email);
    }

    private FrontendAnswer Remove(User user, EmailAddress email)
    {
        if (email.Id == user.PrimaryEmailAddressId)
        {
            return LastIdentification;
        }

        Change(user, changed => changed.EmailAddresses.Remove(email));
        return FrontendAnswer.Ok(json => DeletedJson.Write(json, "email_address", email.Id));
    }

    private void Change(User user, Action<User> change)
    {
        world.Data.Users.Change(user, change);
        UserChange.Done(world, user);
    }

    private static FrontendAnswer Find(FrontendCall call, Func<User, EmailAddress, FrontendAnswer> found) =>
        call.WithUser((_, user) => Find(call, user, found));

    private static FrontendAnswer FindFresh(FrontendCall call, Func<User, EmailAddress, FrontendAnswer> found) =>
        call.WithFreshUser((_, user) => Find(call, user, found));

    private static FrontendAnswer Find(FrontendCall call, User user, Func<User, EmailAddress, FrontendAnswer> found) =>
        user.EmailAddresses.Find(owned => owned.Id == call.Route("email_address_id")) is { } email
            ? found(user, email)
            : ClerkErrors.NotFound("email address", call.Route("email_address_id"));

    private FrontendAnswer Tell(FrontendCall call, EmailAddress email)
    {
        var (pending, now) = (call.Client!.PendingProof(email.Id), world.Clock.NowMilliseconds);
        return FrontendAnswer.Polled(json => PendingJson.Write(json, inner => IdentificationJson.Write(inner, email), pending, now));
    }

    private static ClerkError LastIdentification { get; } = new(
        400, "primary_identification_deletion_failed", "Cannot delete primary identification",
        "The primary email address cannot be deleted. Make another one primary first.");
}
