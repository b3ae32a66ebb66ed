using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.SignIns;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Sessions;

/// <summary>Proving again who one is, within a session: what an app asks for before it does something grave.</summary>
internal sealed class ReverificationOperations(ClerkWorld world, FactorDelivery delivery)
{
    private const string Path = "/client/sessions/{session_id}/verify";

    public void Map(FrontendRoutes routes) => routes
        .Post(Path, call => WithUser(call, (session, user) => Begin(call, session, user)))
        .Post(Path + "/prepare_first_factor", call => WithUser(call, (session, user) => Prepare(call, session, user)))
        .Post(Path + "/attempt_first_factor", call => WithUser(call, (session, user) => AttemptFirst(call, session, user)))
        .Post(Path + "/prepare_second_factor", call => WithUser(call, (session, user) => PrepareSecond(call, session, user)))
        .Post(Path + "/attempt_second_factor", call => WithUser(call, (session, user) => AttemptSecond(call, session, user)));

    private FrontendAnswer Begin(FrontendCall call, Session session, User user)
    {
        var level = call.Form.Text("level") ?? Reverification.FirstFactor;
        if (level is not (Reverification.FirstFactor or Reverification.SecondFactor or Reverification.MultiFactor))
        {
            call.Form.Refuse(ParameterErrors.ValueInvalid("level", "first_factor, second_factor or multi_factor"));
        }

        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        // Where there is no second factor, the first must do, as for Clerk.
        var reached = user.HasSecondFactor ? level : Reverification.FirstFactor;
        var started = new Reverification { SessionId = session.Id, Level = reached };
        call.Client!.Reverification = started;
        return Tell(call, started, session, user);
    }

    private FrontendAnswer Prepare(FrontendCall call, Session session, User user) => Prepare(call, session, user, (begun, strategy) =>
    {
        // A link would lead into another page, and proves nothing about this one.
        var (sent, refusal) = strategy is VerificationStrategy.EmailCode or VerificationStrategy.PhoneCode
            ? delivery.SendFirst(call, call.Client!, user, strategy, identifier: null)
            : (null, FrontendErrors.StrategyInvalid);
        begun.First = sent ?? begun.First;
        return refusal;
    });

    private FrontendAnswer PrepareSecond(FrontendCall call, Session session, User user) => Prepare(call, session, user, (begun, strategy) =>
    {
        var (sent, refusal) = delivery.SendSecond(call, user, strategy);
        begun.Second = sent ?? begun.Second;
        return refusal;
    });

    private FrontendAnswer Prepare(FrontendCall call, Session session, User user, Func<Reverification, string, FrontendAnswer?> send)
    {
        var strategy = call.Form.RequiredText("strategy");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (Find(call, session) is not { } begun)
        {
            return FrontendErrors.VerificationMissing;
        }

        return send(begun, strategy) ?? Tell(call, begun, session, user);
    }

    private FrontendAnswer AttemptFirst(FrontendCall call, Session session, User user)
    {
        var strategy = call.Form.RequiredText("strategy");
        var (password, code) = (call.Form.Text("password", int.MaxValue), call.Form.Text("code"));
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (Find(call, session) is not { } begun)
        {
            return FrontendErrors.VerificationMissing;
        }

        if (Check(begun, user, strategy, password, code) is { } refusal)
        {
            return refusal;
        }

        session.FirstFactorAt = world.Clock.NowMilliseconds;
        return Tell(call, begun, session, user);
    }

    private ClerkError? Check(Reverification begun, User user, string strategy, string? password, string? code)
    {
        switch (strategy)
        {
            case VerificationStrategy.Password when user.Password is { } digest:
                if (!digest.Matches(user.Id, password ?? ""))
                {
                    return FrontendErrors.PasswordIncorrect;
                }

                begun.First = Verification.Proved(strategy);
                return null;
            case VerificationStrategy.EmailCode or VerificationStrategy.PhoneCode:
                return begun.First is { } sent && sent.Strategy == strategy
                    ? sent.Attempt(code ?? "", world.Clock.NowMilliseconds)
                    : FrontendErrors.VerificationMissing;
            default:
                return FrontendErrors.StrategyInvalid;
        }
    }

    private FrontendAnswer AttemptSecond(FrontendCall call, Session session, User user)
    {
        var (strategy, code) = (call.Form.RequiredText("strategy"), call.Form.RequiredText("code"));
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (Find(call, session) is not { } begun)
        {
            return FrontendErrors.VerificationMissing;
        }

        var (proof, refusal) = SecondFactorCheck.Check(world, user, begun.Second, strategy, code);
        if (proof is null)
        {
            return refusal!;
        }

        begun.Second = proof;
        session.SecondFactorAt = world.Clock.NowMilliseconds;
        return Tell(call, begun, session, user);
    }

    private FrontendAnswer Tell(FrontendCall call, Reverification begun, Session session, User user)
    {
        var now = world.Clock.NowMilliseconds;
        return FrontendAnswer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "session_reverification");
            json.WriteString("status", JsonNamingPolicy.SnakeCaseLower.ConvertName(begun.StatusAt(now).ToString()));
            json.WriteString("level", begun.Level);
            json.WritePropertyName("session");
            BrowserSessionJson.Write(json, world, session, call.Origin);
            FactorJson.WriteFirst(json, user, [VerificationStrategy.EmailCode], [VerificationStrategy.PhoneCode]);
            FactorJson.WriteSecond(json, user);
            VerificationJson.WriteOrNull(json, "first_factor_verification", begun.First, now);
            VerificationJson.WriteOrNull(json, "second_factor_verification", begun.Second, now);
            json.WriteEndObject();
        });
    }

    private static Reverification? Find(FrontendCall call, Session session) =>
        call.Client!.Reverification is { } begun && begun.SessionId == session.Id ? begun : null;

    private FrontendAnswer WithUser(FrontendCall call, Func<Session, User, FrontendAnswer> handle) => call.WithSession((_, session) =>
        session.IsOpenAt(world.Clock.NowMilliseconds) && world.Data.Users.Find(session.UserId) is { } user
            ? handle(session, user)
            : FrontendErrors.SignedOut);
}
