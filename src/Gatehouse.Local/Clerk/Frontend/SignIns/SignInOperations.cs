using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Profile;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Limits;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>Signing in: by password, by a code or a link that is sent, by a ticket, and by way of a new password.</summary>
internal sealed class SignInOperations(ClerkWorld world, FactorDelivery delivery)
{
    private const string One = "/client/sign_ins/{sign_in_id}";
    private const int LongestTicket = 4096;

    public void Map(FrontendRoutes routes) => routes
        .Post("/client/sign_ins", FrontendLimit.SignInCreation, Create)
        .Get(One, call => SignInLookup.Find(call, (_, signIn) => FrontendAnswer.Polled(json => SignInJson.Write(json, signIn, world))))
        .Post($"{One}/prepare_first_factor", call => SignInLookup.FindUser(call, world, (client, signIn, user) =>
            Prepare(call, client, signIn, user)))
        .Post($"{One}/attempt_first_factor", FrontendLimit.SignInAttempt, call => SignInLookup.FindUser(call, world, (client, signIn, user) =>
            Attempt(call, client, signIn, user)))
        .Post($"{One}/reset_password", call => SignInLookup.FindUser(call, world, (client, signIn, user) =>
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
        if (strategy == VerificationStrategy.Ticket)
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
            VerificationStrategy.EmailCode or VerificationStrategy.EmailLink or VerificationStrategy.PhoneCode
                or VerificationStrategy.ResetPasswordByEmail or VerificationStrategy.ResetPasswordByPhone => Prepare(call, client, signIn, user),
            null when !call.Form.Has("password") => Tell(signIn),
            _ => Attempt(call, client, signIn, user),
        };
    }

    private FrontendAnswer Prepare(FrontendCall call, BrowserClient client, SignIn signIn, User user)
    {
        if (signIn.Status != SignInStatus.NeedsFirstFactor)
        {
            return FrontendErrors.ClientStateInvalid;
        }

        var strategy = call.Form.RequiredText("strategy");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var (sent, refusal) = delivery.SendFirst(call, client, user, strategy, signIn.Identifier);
        if (sent is null)
        {
            return refusal!;
        }

        signIn.FirstFactor = sent;
        return Tell(signIn);
    }

    private FrontendAnswer Attempt(FrontendCall call, BrowserClient client, SignIn signIn, User user)
    {
        if (signIn.Status != SignInStatus.NeedsFirstFactor)
        {
            return FrontendErrors.ClientStateInvalid;
        }

        switch (call.Form.Text("strategy") ?? VerificationStrategy.Password)
        {
            case VerificationStrategy.Password:
                return AttemptPassword(call, client, signIn, user);
            case (VerificationStrategy.EmailCode or VerificationStrategy.PhoneCode) and var strategy:
                return AttemptCode(call, signIn, strategy) ?? Advance(client, signIn, user, strategy);
            case (VerificationStrategy.ResetPasswordByEmail or VerificationStrategy.ResetPasswordByPhone) and var reset:
                if (AttemptCode(call, signIn, reset) is { } refused)
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

        signIn.FirstFactor = Verification.Proved(VerificationStrategy.Password);
        return Advance(client, signIn, user, VerificationStrategy.Password);
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
        return Advance(client, signIn, user, signIn.FirstFactor!.Strategy);
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
        (signIn.FirstFactor, client.SignIn) = (Verification.Proved(VerificationStrategy.Ticket), signIn);
        return Tell(signIn);
    }

    private FrontendAnswer Advance(BrowserClient client, SignIn signIn, User user, string strategy) =>
        SignInCompletion.Advance(world, client, signIn, user, strategy) is { } refusal ? refusal : Tell(signIn);

    private FrontendAnswer Tell(SignIn signIn) => FrontendAnswer.Ok(json => SignInJson.Write(json, signIn, world));
}
