using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;
using Gatehouse.Local.Clerk.Verifications;

namespace Gatehouse.Local.Clerk.Frontend.Profile;

/// <summary>A user's own phone numbers: adding one, proving it, keeping it for the second step of signing in, taking it away.</summary>
internal sealed class ProfilePhoneOperations(ClerkWorld world)
{
    private const string Path = "/me/phone_numbers";
    private const string One = Path + "/{phone_number_id}";

    public void Map(FrontendRoutes routes) => routes
        .Get(Path, call => call.WithUser((_, user) => List(user)))
        .Post(Path, call => call.WithFreshUser((_, user) => Add(call, user)))
        .Get(One, call => Find(call, (_, phone) => Tell(call, phone)))
        .Patch(One, call => FindFresh(call, (user, phone) => Update(call, user, phone)))
        .Delete(One, call => FindFresh(call, (user, phone) => Remove(call, user, phone)))
        .Post($"{One}/prepare_verification", call => Find(call, (user, phone) => Prepare(call, user, phone)))
        .Post($"{One}/attempt_verification", call => Find(call, (user, phone) => Attempt(call, user, phone)));

    private static FrontendAnswer List(User user) =>
        FrontendAnswer.Bare(json => ListJson.WriteArray(json, user.PhoneNumbers, IdentificationJson.Write));

    private FrontendAnswer Add(FrontendCall call, User user)
    {
        var number = call.Form.RequiredText("phone_number");
        if (number.Length > 0)
        {
            call.Form.Identifiers(world.Data, user).PhoneNumber("phone_number", number);
        }

        if (user.PhoneNumbers.Exists(owned => owned.Number == number))
        {
            call.Form.Refuse(ParameterErrors.IdentifierExists("phone_number"));
        }

        var reserved = call.Form.Flag("reserved_for_second_factor");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (reserved)
        {
            return IdentificationErrors.UnverifiedSecondFactor;
        }

        var now = world.Clock.NowMilliseconds;
        var phone = new PhoneNumber { Id = world.Ids.Next("idn_"), Number = number, Verified = false, CreatedAt = now, UpdatedAt = now };
        world.Data.Users.Change(user, changed => changed.PhoneNumbers.Add(phone));
        UserChange.Done(world, user);
        return Tell(call, phone);
    }

    private FrontendAnswer Prepare(FrontendCall call, User user, PhoneNumber phone)
    {
        var strategy = call.Form.RequiredText("strategy");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (strategy != VerificationStrategy.PhoneCode)
        {
            return FrontendErrors.StrategyInvalid;
        }

        if (phone.Verified)
        {
            return FrontendErrors.VerificationAlreadyVerified;
        }

        var verification = Verification.OfCode(strategy, world);
        call.Client!.Expect(phone.Id, verification);
        CodeMessage.Raise(world, "verification_code", verification.Code!, phone.Number, phone.Id, user.Id);
        return Tell(call, phone);
    }

    private FrontendAnswer Attempt(FrontendCall call, User user, PhoneNumber phone)
    {
        if (ProofAttempt.Refuse(call, world, phone.Id, phone.Verified) is { } refused)
        {
            return refused;
        }

        IdentificationProofs.Take(world, user, phone);
        return Tell(call, phone);
    }

    private FrontendAnswer Update(FrontendCall call, User user, PhoneNumber phone)
    {
        bool? reserved = call.Form.Has("reserved_for_second_factor") ? call.Form.Flag("reserved_for_second_factor") : null;
        var isDefault = call.Form.Flag("default_second_factor");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (!phone.Verified && (reserved == true || isDefault))
        {
            return IdentificationErrors.SecondFactorOfUnverified;
        }

        if (reserved == true && Identifications.IsLast(user))
        {
            return LastOneAsSecondFactor;
        }

        SecondFactorChange.Apply(world, user, changed =>
        {
            phone.ReservedForSecondFactor = reserved ?? phone.ReservedForSecondFactor;
            phone.UpdatedAt = world.Clock.NowMilliseconds;
            SetDefault(changed, isDefault && phone.ReservedForSecondFactor ? phone : null);
        });
        return Tell(call, phone);
    }

    private FrontendAnswer Remove(FrontendCall call, User user, PhoneNumber phone)
    {
        if (Identifications.IsLast(user))
        {
            return IdentificationErrors.LastOne;
        }

        call.Client!.Proofs.RemoveAll(proof => proof.IdentificationId == phone.Id);
        SecondFactorChange.Apply(world, user, changed =>
        {
            changed.PhoneNumbers.Remove(phone);
            SetDefault(changed, null);
            if (changed.PrimaryPhoneNumberId == phone.Id)
            {
                changed.PrimaryPhoneNumberId = changed.PhoneNumbers.Find(left => left.IsFirstFactor())?.Id;
            }
        });
        return FrontendAnswer.Ok(json => DeletedJson.Write(json, "phone_number", phone.Id));
    }

    // One of the numbers that are second factors is the default: the one that was chosen, or else the one that has been so, or else the first.
    private static void SetDefault(User user, PhoneNumber? chosen)
    {
        var factors = user.PhoneNumbers.FindAll(phone => phone.ReservedForSecondFactor);
        chosen ??= factors.Find(phone => phone.DefaultSecondFactor) ?? factors.FirstOrDefault();
        foreach (var phone in user.PhoneNumbers)
        {
            phone.DefaultSecondFactor = phone == chosen;
        }
    }

    private static FrontendAnswer Find(FrontendCall call, Func<User, PhoneNumber, FrontendAnswer> found) =>
        call.WithUser((_, user) => Find(call, user, found));

    private static FrontendAnswer FindFresh(FrontendCall call, Func<User, PhoneNumber, FrontendAnswer> found) =>
        call.WithFreshUser((_, user) => Find(call, user, found));

    private static FrontendAnswer Find(FrontendCall call, User user, Func<User, PhoneNumber, FrontendAnswer> found) =>
        user.PhoneNumbers.Find(owned => owned.Id == call.Route("phone_number_id")) is { } phone
            ? found(user, phone)
            : ClerkErrors.NotFound("phone number", call.Route("phone_number_id"));

    private FrontendAnswer Tell(FrontendCall call, PhoneNumber phone)
    {
        var (pending, now) = (call.Client!.PendingProof(phone.Id), world.Clock.NowMilliseconds);
        return FrontendAnswer.Ok(json => PendingJson.Write(json, inner => IdentificationJson.Write(inner, phone), pending, now));
    }

    private static ClerkError LastOneAsSecondFactor { get; } = new(
        400, "identification_update_failed", "Update failed", "You cannot set your last identification as second factor.");
}
