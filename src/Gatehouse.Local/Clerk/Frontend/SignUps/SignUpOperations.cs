using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Limits;
using Gatehouse.Local.Clerk.Users;
using Gatehouse.Local.Clerk.Verifications;

namespace Gatehouse.Local.Clerk.Frontend.SignUps;

/// <summary>Signing up: an e-mail address or a phone number that is proved by what is sent there, and a password.</summary>
internal sealed class SignUpOperations(ClerkWorld world, OriginPolicy origins)
{
    private const string One = "/client/sign_ups/{sign_up_id}";
    private const int LongestTicket = 4096;

    public void Map(FrontendRoutes routes) => routes
        .Post("/client/sign_ups", FrontendLimit.SignUpCreation, Create)
        .Get(One, call => Find(call, (_, signUp) => FrontendAnswer.Polled(json => SignUpJson.Write(json, signUp, world.Clock.NowMilliseconds))))
        .Patch(One, call => FindOpen(call, (client, signUp) => Fill(call, client, signUp)))
        .Post($"{One}/prepare_verification", call => FindOpen(call, (client, signUp) => Prepare(call, client, signUp)))
        .Post($"{One}/attempt_verification", FrontendLimit.SignUpAttempt, call => FindOpen(call, (client, signUp) =>
            Attempt(call, client, signUp)));

    private FrontendAnswer Create(FrontendCall call)
    {
        var client = call.RequireClient();
        if (ClientSessions.Current(world, client) is not null)
        {
            return FrontendErrors.SessionExists;
        }

        var signUp = new SignUp
        {
            Id = world.Ids.Next("sua_"),
            UserId = world.Ids.Next("user_"),
            CreatedAt = world.Clock.NowMilliseconds,
        };
        if (call.Form.Text("ticket", LongestTicket) is { } ticket && SignUpInvitation.Apply(world, signUp, ticket) is { } refusal)
        {
            return refusal;
        }

        return Fill(call, client, signUp);
    }

    private FrontendAnswer Fill(FrontendCall call, BrowserClient client, SignUp signUp)
    {
        var form = call.Form;
        var identifiers = form.Identifiers(world.Data, user: null);
        var email = signUp.Ticket is null ? form.Text("email_address") : null;   // an invitation has said it already
        var (phone, username) = (form.Text("phone_number"), form.Text("username"));
        if (email is not null)
        {
            identifiers.EmailAddress("email_address", email);
        }

        if (phone is not null)
        {
            identifiers.PhoneNumber("phone_number", phone);
        }

        identifiers.Username(username);
        var (firstName, lastName, locale) = (form.Text("first_name"), form.Text("last_name"), form.Text("locale"));
        var (password, metadata) = (form.Password("password"), form.Metadata("unsafe_metadata"));
        if (form.Faults() is { } faults)
        {
            return faults;
        }

        if (email is not null && email != signUp.EmailAddress)
        {
            (signUp.EmailAddress, signUp.EmailVerification) = (email, null);
        }

        if (phone is not null && phone != signUp.PhoneNumber)
        {
            (signUp.PhoneNumber, signUp.PhoneVerification) = (phone, null);
        }

        signUp.Username = username ?? signUp.Username;
        signUp.FirstName = form.Has("first_name") ? firstName : signUp.FirstName;
        signUp.LastName = form.Has("last_name") ? lastName : signUp.LastName;
        signUp.Locale = locale ?? signUp.Locale;
        signUp.UnsafeMetadata = metadata ?? signUp.UnsafeMetadata;
        signUp.LegalAccepted |= form.Flag("legal_accepted");
        if (password is not null)
        {
            signUp.Password = PasswordDigest.Of(signUp.UserId, password, world.Clock.NowMilliseconds);
        }

        client.SignUp = signUp;
        return CompleteOrTell(client, signUp);
    }

    private FrontendAnswer Prepare(FrontendCall call, BrowserClient client, SignUp signUp)
    {
        var strategy = call.Form.RequiredText("strategy");
        var redirect = call.ReadRedirect(origins);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var now = world.Clock.NowMilliseconds;
        switch (strategy)
        {
            case VerificationStrategy.EmailCode or VerificationStrategy.EmailLink when signUp.EmailAddress is not null:
                if (signUp.IsEmailVerifiedAt(now))
                {
                    return FrontendErrors.VerificationAlreadyVerified;
                }

                signUp.EmailVerification = SendToEmail(call, client, strategy, signUp.EmailAddress, redirect);
                return Tell(signUp);
            case VerificationStrategy.PhoneCode when signUp.PhoneNumber is { } number:
                if (signUp.IsPhoneVerifiedAt(now))
                {
                    return FrontendErrors.VerificationAlreadyVerified;
                }

                signUp.PhoneVerification = Verification.OfCode(strategy, world);
                CodeMessage.Raise(world, "verification_code", signUp.PhoneVerification.Code!, number);
                return Tell(signUp);
            default:
                return FrontendErrors.StrategyInvalid;
        }
    }

    private Verification SendToEmail(FrontendCall call, BrowserClient client, string strategy, string address, string? redirect)
    {
        if (strategy == VerificationStrategy.EmailLink)
        {
            var link = Verification.OfLink(world, redirect);
            LinkEmail.Raise(call, world, "sign_up", client, link, address);
            return link;
        }

        var verification = Verification.OfCode(strategy, world);
        CodeEmail.Raise(world, "verification_code", verification.Code!, address);
        return verification;
    }

    private FrontendAnswer Attempt(FrontendCall call, BrowserClient client, SignUp signUp)
    {
        var strategy = call.Form.Text("strategy") ?? VerificationStrategy.EmailCode;
        var code = call.Form.RequiredText("code");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var verification = strategy == VerificationStrategy.PhoneCode ? signUp.PhoneVerification : signUp.EmailVerification;
        if (verification is null)
        {
            return FrontendErrors.VerificationMissing;
        }

        if (verification.Strategy != strategy || verification.Code is null)
        {
            return FrontendErrors.StrategyOfVerificationInvalid;
        }

        return verification.Attempt(code, world.Clock.NowMilliseconds) is { } refused ? refused : CompleteOrTell(client, signUp);
    }

    private FrontendAnswer CompleteOrTell(BrowserClient client, SignUp signUp) =>
        SignUpCompletion.Advance(world, client, signUp) is { } refusal ? refusal : Tell(signUp);

    private static FrontendAnswer FindOpen(FrontendCall call, Func<BrowserClient, SignUp, FrontendAnswer> found) =>
        Find(call, (client, signUp) => signUp.CreatedUserId is null ? found(client, signUp) : FrontendErrors.ClientStateInvalid);

    private static FrontendAnswer Find(FrontendCall call, Func<BrowserClient, SignUp, FrontendAnswer> found)
    {
        if (call.Client is not { } client)
        {
            return FrontendErrors.AuthenticationInvalid;
        }

        return client.SignUp is { } signUp && signUp.Id == call.Route("sign_up_id")
            ? found(client, signUp)
            : ClerkErrors.NotFound("sign-up of this client", call.Route("sign_up_id"));
    }

    private FrontendAnswer Tell(SignUp signUp) =>
        FrontendAnswer.Ok(json => SignUpJson.Write(json, signUp, world.Clock.NowMilliseconds));
}
