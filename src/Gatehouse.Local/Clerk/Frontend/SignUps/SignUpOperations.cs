using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignUps;

/// <summary>Signing up: an e-mail address that is proved by a code, and a password.</summary>
internal sealed class SignUpOperations(ClerkWorld world)
{
    private const string Strategy = "email_code";
    private const int LongestTicket = 4096;

    public void Map(FrontendRoutes routes) => routes
        .Post("/client/sign_ups", Create)
        .Get("/client/sign_ups/{sign_up_id}", call => Find(call, (_, signUp) => Tell(signUp)))
        .Patch("/client/sign_ups/{sign_up_id}", call => FindOpen(call, (client, signUp) => Fill(call, client, signUp)))
        .Post("/client/sign_ups/{sign_up_id}/prepare_verification", call => FindOpen(call, (_, signUp) => Prepare(call, signUp)))
        .Post("/client/sign_ups/{sign_up_id}/attempt_verification", call => FindOpen(call, (client, signUp) => Attempt(call, client, signUp)));

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
        var username = form.Text("username");
        if (email is not null)
        {
            identifiers.EmailAddress("email_address", email);
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

    private FrontendAnswer Prepare(FrontendCall call, SignUp signUp)
    {
        var strategy = call.Form.RequiredText("strategy");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (strategy != Strategy || signUp.EmailAddress is null)
        {
            return FrontendErrors.StrategyInvalid;
        }

        var now = world.Clock.NowMilliseconds;
        if (signUp.IsEmailVerifiedAt(now))
        {
            return FrontendErrors.VerificationAlreadyVerified;
        }

        signUp.EmailVerification = Verification.OfCode(Strategy, world);
        CodeEmail.Raise(world, "verification_code", signUp.EmailVerification.Code!, signUp.EmailAddress);
        return Tell(signUp);
    }

    private FrontendAnswer Attempt(FrontendCall call, BrowserClient client, SignUp signUp)
    {
        var code = call.Form.RequiredText("code");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (signUp.EmailVerification is not { } verification)
        {
            return FrontendErrors.VerificationMissing;
        }

        return verification.Attempt(code, world.Clock.NowMilliseconds) is { } refused ? refused : CompleteOrTell(client, signUp);
    }

    private FrontendAnswer CompleteOrTell(BrowserClient client, SignUp signUp)
    {
        var now = world.Clock.NowMilliseconds;
        if (signUp.MissingFields.Any() || !signUp.IsEmailVerifiedAt(now))
        {
            return Tell(signUp);
        }

        // Another browser may have taken the address since it was given here.
        if (world.Data.Users.Find(IdentifierKind.EmailAddress, signUp.EmailAddress!) is not null)
        {
            return ParameterErrors.IdentifierExists("email_address");
        }

        if (signUp.Username is { } username && world.Data.Users.Find(IdentifierKind.Username, username) is not null)
        {
            return ParameterErrors.IdentifierExists("username");
        }

        var user = NewUser(signUp, now);
        world.Data.Users.Add(user);
        UserEvents.Created(world, user);
        if (signUp.Ticket is { } ticket)
        {
            SignUpInvitation.Accept(world, ticket, user);
        }

        var (session, refusal) = ClientSessions.Begin(world, client, user.Id, Strategy);
        if (session is null)
        {
            return refusal!;
        }

        (signUp.CreatedUserId, signUp.CreatedSessionId, client.SignUp) = (user.Id, session.Id, null);
        return Tell(signUp);
    }

    private User NewUser(SignUp signUp, long now)
    {
        var email = new EmailAddress { Id = world.Ids.Next("idn_"), Address = signUp.EmailAddress!, VerifiedByCode = true, CreatedAt = now, UpdatedAt = now };
        return new User
        {
            Id = signUp.UserId,
            FirstName = signUp.FirstName,
            LastName = signUp.LastName,
            Username = signUp.Username,
            Locale = signUp.Locale,
            EmailAddresses = [email],
            PrimaryEmailAddressId = email.Id,
            Password = signUp.Password,
            PublicMetadata = signUp.PublicMetadata,
            UnsafeMetadata = signUp.UnsafeMetadata,
            LegalAcceptedAt = signUp.LegalAccepted ? now : null,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

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
