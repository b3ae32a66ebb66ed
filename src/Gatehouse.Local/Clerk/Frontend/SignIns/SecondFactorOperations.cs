using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Limits;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>The second step of signing in: an authenticator app's code, one sent to a phone, or a backup code.</summary>
internal sealed class SecondFactorOperations(ClerkWorld world, FactorDelivery delivery)
{
    private const string One = "/client/sign_ins/{sign_in_id}";

    public void Map(FrontendRoutes routes) => routes
        .Post($"{One}/prepare_second_factor", call => SignInLookup.FindUser(call, world, (_, signIn, user) => Prepare(call, signIn, user)))
        .Post($"{One}/attempt_second_factor", FrontendLimit.SignInAttempt, call => SignInLookup.FindUser(call, world, (client, signIn, user) =>
            Attempt(call, client, signIn, user)));

    private FrontendAnswer Prepare(FrontendCall call, SignIn signIn, User user)
    {
        var strategy = call.Form.RequiredText("strategy");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (signIn.Status != SignInStatus.NeedsSecondFactor)
        {
            return FrontendErrors.ClientStateInvalid;
        }

        var (sent, refusal) = delivery.SendSecond(call, user, strategy);
        if (sent is null)
        {
            return refusal!;
        }

        signIn.SecondFactor = sent;
        return Tell(signIn);
    }

    private FrontendAnswer Attempt(FrontendCall call, BrowserClient client, SignIn signIn, User user)
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

        var (proof, refusal) = SecondFactorCheck.Check(world, user, signIn.SecondFactor, strategy, code);
        if (proof is null)
        {
            return refusal!;
        }

        signIn.SecondFactor = proof;
        return SignInCompletion.Advance(world, client, signIn, user, strategy) is { } unfit ? unfit : Tell(signIn);
    }

    private FrontendAnswer Tell(SignIn signIn) => FrontendAnswer.Ok(json => SignInJson.Write(json, signIn, world));
}
