using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Profile;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>Signing in: by password, by a code sent by e-mail, by a ticket, and by way of a new password.</summary>
internal sealed class SignInOperations(ClerkWorld world)
{
    private const int LongestTicket = 4096;

    public void Map(FrontendRoutes routes) => routes
        .Post("/client/sign_ins", Create)
        .Get("/client/sign_ins/{sign_in_id}", call => Find(call, (_, signIn) => Tell(signIn)))
        .Post("/client/sign_ins/{sign_in_id}/prepare_first_factor", call => FindUser(call, (_, signIn, user) => Prepare(call, signIn, user)))
        .Post("/client/sign_ins/{sign_in_id}/attempt_first_factor", call => FindUser(call, (client, signIn, user) =>
            Attempt(call, client, signIn, user)))
        .Post("/client/sign_ins/{sign_in_id}/attempt_second_factor", call => FindUser(call, (client, signIn, user) =>
            AttemptSecondFactor(call, client, signIn, user)))
        .Post("/client/sign_ins/{sign_in_id}/reset_password", call => FindUser(call, (client, signIn, user) =>
            ResetPassword(call, client, signIn, user)));

    private FrontendAnswer Create(FrontendCall call)
    {
        var client = call.RequireClient();
        if (ClientSessions.Current(world, client) is not null)
        {
            return FrontendErrors.SessionExists;
        }

        var (strategy, identifier) = (call.Form.Text("strategy"), call.Form.Text("identifier"));
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var signIn = new SignIn { Id = world.Ids.Next("sia_"), Identifier = identifier, CreatedAt = world.Clock.NowMilliseconds };
        if (strategy == SignInStrategy.Ticket)
        {
            return RedeemTicket(call, client, signIn);
        }

        if (identifier is null)
        {
            client.SignIn = signIn;
            return Tell(signIn);
        }

        if (SignInIdentifier.Find(world.Data.Users, identifier) is not { } user)
        {
            return FrontendErrors.IdentifierNotFound;
        }

        (signIn.UserId, signIn.Status, client.SignIn) = (user.Id, SignInStatus.NeedsFirstFactor, signIn);
        return strategy switch
        {
            SignInStrategy.EmailCode or SignInStrategy.ResetPassword => Prepare(call, signIn, user),
            null when !call.Form.Has("password") => Tell(signIn),
            _ => Attempt(call, client, signIn, user),
        };
    }

    private FrontendAnswer Prepare(FrontendCall call, SignIn signIn, User user)
    {
        if (signIn.Status != SignInStatus.NeedsFirstFactor)
        {
            return FrontendErrors.ClientStateInvalid;
        }

        var strategy = call.Form.RequiredText("strategy");
        var emailId = call.Form.Text("email_address_id") ?? user.PrimaryEmailAddressId;
        var email = user.EmailAddresses.Find(owned => owned.Id == emailId && owned.Verified);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (strategy is not (SignInStrategy.EmailCode or SignInStrategy.ResetPassword) || email is null)
        {
            return FrontendErrors.StrategyInvalid;
        }

        signIn.FirstFactor = Verification.OfCode(strategy, world);
        var slug = strategy == SignInStrategy.ResetPassword ? "reset_password_code" : "verification_code";
        CodeEmail.Raise(world, slug, signIn.FirstFactor.Code!, email.Address, email.Id, user.Id);
        return Tell(signIn);
    }

    private FrontendAnswer Attempt(FrontendCall call, BrowserClient client, SignIn signIn, User user)
    {
        if (signIn.Status != SignInStatus.NeedsFirstFactor)
        {
            return FrontendErrors.ClientStateInvalid;
        }

        switch (call.Form.Text("strategy") ?? SignInStrategy.Password)
        {
            case SignInStrategy.Password:
                return AttemptPassword(call, client, signIn, user);
            case SignInStrategy.EmailCode:
                return AttemptCode(call, signIn, SignInStrategy.EmailCode) ?? Advance(client, signIn, user, SignInStrategy.EmailCode);
            case SignInStrategy.ResetPassword:
                if (AttemptCode(call, signIn, SignInStrategy.ResetPassword) is { } refused)
                {
                    return refused;
                }

                signIn.Status = SignInStatus.NeedsNewPassword;
                return call.Form.Has("password") ? ResetPassword(call, client, signIn, user) : Tell(signIn);
            default:
                return FrontendErrors.StrategyInvalid;
        }
    }

    private FrontendAnswer AttemptPassword(FrontendCall call, BrowserClient client, SignIn signIn, User user)
    {
        var password = call.Form.RequiredText("password", int.MaxValue);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        switch (PasswordCheck.Check(world, user, password))
        {
            case PasswordVerdict.NotSet:
                return FrontendErrors.StrategyInvalid;
            case PasswordVerdict.Locked:
                return Lockout.Refusal(user, world.Clock.NowMilliseconds);
            case PasswordVerdict.Incorrect:
                return FrontendErrors.PasswordIncorrect;
            case PasswordVerdict.Compromised:
                return PasswordErrors.Compromised;
        }

        signIn.FirstFactor = Verification.Proved(SignInStrategy.Password);
        return Advance(client, signIn, user, SignInStrategy.Password);
    }

    private FrontendAnswer? AttemptCode(FrontendCall call, SignIn signIn, string strategy)
    {
        var code = call.Form.RequiredText("code");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (signIn.FirstFactor?.Strategy != strategy)
        {
            return FrontendErrors.VerificationMissing;
        }

        var refusal = signIn.FirstFactor.Attempt(code, world.Clock.NowMilliseconds);
        return refusal is null ? null : FrontendAnswer.Refused([refusal]);
    }

    private FrontendAnswer ResetPassword(FrontendCall call, BrowserClient client, SignIn signIn, User user)
    {
        if (signIn.Status != SignInStatus.NeedsNewPassword)
        {
            return FrontendErrors.ClientStateInvalid;
        }

        call.Form.RequiredText("password", int.MaxValue);
        var password = call.Form.Password("password");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        PasswordChange.Apply(world, user, password!, exceptSessionId: null, endSessions: call.Form.Flag("sign_out_of_other_sessions"));
        return Advance(client, signIn, user, SignInStrategy.ResetPassword);
    }

    private FrontendAnswer AttemptSecondFactor(FrontendCall call, BrowserClient client, SignIn signIn, User user)
    {
        var (strategy, code) = (call.Form.RequiredText("strategy"), call.Form.RequiredText("code"));
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (signIn.Status != SignInStatus.NeedsSecondFactor)
        {
            return FrontendErrors.ClientStateInvalid;
        }

        if (SecondFactorCheck.Refuse(world, user, strategy, code) is { } refusal)
        {
            return refusal;
        }

        signIn.SecondFactor = Verification.Proved(strategy);
        return Advance(client, signIn, user, strategy);
    }

    private FrontendAnswer RedeemTicket(FrontendCall call, BrowserClient client, SignIn signIn)
    {
        var ticket = call.Form.RequiredText("ticket", LongestTicket);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var (session, refusal) = TicketRedemption.Redeem(world, client, ticket);
        if (session is null)
        {
            return refusal!;
        }

        (signIn.UserId, signIn.CreatedSessionId, signIn.Status) = (session.UserId, session.Id, SignInStatus.Complete);
        (signIn.FirstFactor, client.SignIn) = (Verification.Proved(SignInStrategy.Ticket), null);
        return Tell(signIn);
    }

    private FrontendAnswer Advance(BrowserClient client, SignIn signIn, User user, string strategy) =>
        SignInCompletion.Advance(world, client, signIn, user, strategy) is { } refusal ? refusal : Tell(signIn);

    private FrontendAnswer FindUser(FrontendCall call, Func<BrowserClient, SignIn, User, FrontendAnswer> found) =>
        Find(call, (client, signIn) => signIn.UserId is { } id && world.Data.Users.Find(id) is { } user
            ? found(client, signIn, user)
            : FrontendErrors.ClientStateInvalid);

    private static FrontendAnswer Find(FrontendCall call, Func<BrowserClient, SignIn, FrontendAnswer> found)
    {
        if (call.Client is not { } client)
        {
            return FrontendErrors.AuthenticationInvalid;
        }

        return client.SignIn is { } signIn && signIn.Id == call.Route("sign_in_id")
            ? found(client, signIn)
            : ClerkErrors.NotFound("sign-in of this client", call.Route("sign_in_id"));
    }

    private FrontendAnswer Tell(SignIn signIn) => FrontendAnswer.Ok(json => SignInJson.Write(json, signIn, world));
}
