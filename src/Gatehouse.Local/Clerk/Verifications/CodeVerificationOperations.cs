using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Verifications;

/// <summary>Sending codes to e-mail addresses and phone numbers, and trying them.</summary>
internal sealed class CodeVerificationOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Post("/email_addresses/{id}/prepare_verification", call => OfEmail(call, (user, email) => Prepare(call, email.Id, "email_code", code =>
            CodeEmail.Raise(world, "verification_code", code, email.Address, email.Id, user.Id))))
        .Post("/email_addresses/{id}/attempt_verification", call => OfEmail(call, (user, email) => Attempt(call, user, email)))
        .Post("/phone_numbers/{id}/prepare_verification", call => OfPhone(call, (user, phone) => Prepare(call, phone.Id, "phone_code", code =>
            CodeMessage.Raise(world, "verification_code", code, phone.Number, phone.Id, user.Id))))
        .Post("/phone_numbers/{id}/attempt_verification", call => OfPhone(call, (user, phone) => Attempt(call, user, phone)));

    private ClerkAnswer Prepare(ClerkCall call, string identificationId, string strategy, Action<string> send)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var verification = new CodeVerification
        {
            Id = world.Ids.Next("ver_"),
            IdentificationId = identificationId,
            Strategy = strategy,
            Code = VerificationCode.Next(world),
            ExpiresAt = world.Clock.NowMilliseconds + CodeVerification.Lifetime,
        };
        world.Data.Verifications.Add(verification);
        send(verification.Code);
        return Tell(verification);
    }

    private ClerkAnswer Attempt(ClerkCall call, User user, Identification identification)
    {
        var id = call.Form.RequiredText("verification_id");
        var code = call.Form.RequiredText("code");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (world.Data.Verifications.Find(id) is not { } verification || verification.IdentificationId != identification.Id)
        {
            return ClerkErrors.NotFound("verification", id);
        }

        if (verification.Status == CodeVerification.Verified)
        {
            return AlreadyVerified;
        }

        verification.Try(code, world.Clock.NowMilliseconds);
        if (verification.Status == CodeVerification.Verified && !identification.Verified)
        {
            (identification.Verified, identification.VerifiedByCode, identification.UpdatedAt) = (true, true, world.Clock.NowMilliseconds);
            UserChange.Done(world, user);
        }

        return Tell(verification);
    }

    private static ClerkError AlreadyVerified { get; } = new(
        400, "verification_already_verified", "already verified", "This verification has already been verified.");

    private ClerkAnswer OfEmail(ClerkCall call, Func<User, EmailAddress, ClerkAnswer> found) =>
        Identifications.FindEmail(world.Data.Users, call.Route("id")) is var (user, email)
            ? found(user, email)
            : ClerkErrors.NotFound("email address", call.Route("id"));

    private ClerkAnswer OfPhone(ClerkCall call, Func<User, PhoneNumber, ClerkAnswer> found) =>
        Identifications.FindPhone(world.Data.Users, call.Route("id")) is var (user, phone)
            ? found(user, phone)
            : ClerkErrors.NotFound("phone number", call.Route("id"));

    private static ClerkAnswer Tell(CodeVerification verification) => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "verification_otp");
        json.WriteString("id", verification.Id);
        json.WriteString("status", verification.Status);
        json.WriteString("strategy", verification.Strategy);
        json.WriteNumber("attempts", verification.Attempts);
        json.WriteNumber("expire_at", verification.ExpiresAt);
        json.WriteNull("channel");
        json.WriteEndObject();
    });
}
