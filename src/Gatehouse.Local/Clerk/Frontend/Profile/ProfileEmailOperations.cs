using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Profile;

/// <summary>A user's own e-mail addresses: adding one, proving it, taking it away.</summary>
internal sealed class ProfileEmailOperations(ClerkWorld world)
{
    private const string Path = "/me/email_addresses";
    private const string Strategy = "email_code";

    public void Map(FrontendRoutes routes) => routes
        .Get(Path, call => call.WithUser((_, user) => List(user)))
        .Post(Path, call => call.WithUser((_, user) => Add(call, user)))
        .Get(Path + "/{email_address_id}", call => Find(call, (_, email) => Tell(email)))
        .Delete(Path + "/{email_address_id}", call => Find(call, Remove))
        .Post(Path + "/{email_address_id}/prepare_verification", call => Find(call, (user, email) => Prepare(call, user, email)))
        .Post(Path + "/{email_address_id}/attempt_verification", call => Find(call, (user, email) => Attempt(call, user, email)));

    private static FrontendAnswer List(User user) =>
        FrontendAnswer.Ok(json => ListJson.WriteArray(json, user.EmailAddresses, IdentificationJson.Write));

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
        return Tell(email);
    }

    private FrontendAnswer Prepare(FrontendCall call, User user, EmailAddress email)
    {
        var strategy = call.Form.RequiredText("strategy");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (strategy != Strategy)
        {
            return FrontendErrors.StrategyInvalid;
        }

        if (email.Verified)
        {
            return FrontendErrors.VerificationAlreadyVerified;
        }

        var verification = Verification.OfCode(Strategy, world);
        call.Client!.EmailProofs.RemoveAll(proof => proof.EmailAddressId == email.Id);
        call.Client.EmailProofs.Add(new EmailProof { EmailAddressId = email.Id, Verification = verification });
        CodeEmail.Raise(world, "verification_code", verification.Code!, email.Address, email.Id, user.Id);
        return Tell(email);
    }

    private FrontendAnswer Attempt(FrontendCall call, User user, EmailAddress email)
    {
        var code = call.Form.RequiredText("code");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (call.Client!.EmailProofs.Find(proof => proof.EmailAddressId == email.Id) is not { } proof)
        {
            return email.Verified ? FrontendErrors.VerificationAlreadyVerified : FrontendErrors.VerificationMissing;
        }

        if (proof.Verification.Attempt(code, world.Clock.NowMilliseconds) is { } refused)
        {
            return refused;
        }

        call.Client.EmailProofs.Remove(proof);
        Change(user, _ => (email.Verified, email.VerifiedByCode, email.UpdatedAt) = (true, true, world.Clock.NowMilliseconds));
        return Tell(email);
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

    private static FrontendAnswer Find(FrontendCall call, Func<User, EmailAddress, FrontendAnswer> found) => call.WithUser((_, user) =>
        user.EmailAddresses.Find(owned => owned.Id == call.Route("email_address_id")) is { } email
            ? found(user, email)
            : ClerkErrors.NotFound("email address", call.Route("email_address_id")));

    private static FrontendAnswer Tell(EmailAddress email) =>
        FrontendAnswer.Ok((Utf8JsonWriter json) => IdentificationJson.Write(json, email));

    private static ClerkError LastIdentification { get; } = new(
        400, "primary_identification_deletion_failed", "Cannot delete primary identification",
        "The primary email address cannot be deleted. Make another one primary first.");
}
