using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Pages;
using Gatehouse.Local.Clerk.Frontend.SignIns;
using Gatehouse.Local.Clerk.Frontend.SignUps;
using Gatehouse.Local.Clerk.Users;
using Microsoft.AspNetCore.WebUtilities;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>
/// Where the link in an e-mail leads: it proves the address, takes the waiting sign-in or sign-up as far as it goes, and sends the browser
/// on with what came of it. The browser that asked finds out by asking again.
/// </summary>
internal sealed class EmailLinkOperations(ClerkWorld world)
{
    private const int LongestToken = 256;
    private const string Expired = "expired";
    private const string Failed = "failed";
    private const string Mismatch = "client_mismatch";
    private const string Verified = "verified";

    public void Map(FrontendRoutes routes) => routes.MapForAnyBrowser("GET", "/verify", Open);

    private FrontendAnswer Open(FrontendCall call)
    {
        if (call.QueryText("token") is not { Length: > 0 and <= LongestToken } token || EmailLink.Read(world.Data, token) is not { } link)
        {
            return FrontendErrors.LinkInvalid;
        }

        var client = link.Client;
        if (client.SignIn is { } signIn && link.IsOf(signIn.FirstFactor))
        {
            return Open(call, link, signIn.FirstFactor!, () => SignIn(client, signIn));
        }

        if (client.SignUp is { } signUp && link.IsOf(signUp.EmailVerification))
        {
            return Open(call, link, signUp.EmailVerification!, () => SignUp(client, signUp));
        }

        return client.Proofs.Find(proof => link.IsOf(proof.Verification)) is { } proof
            ? Open(call, link, proof.Verification, () => (null, Prove(client, proof)))
            : FrontendErrors.LinkStale;
    }

    private FrontendAnswer Open(FrontendCall call, EmailLink link, Verification verification, Func<(string? SessionId, ClerkError? Refusal)> follow)
    {
        var status = StatusOf(call, link, verification);
        string? sessionId = null;
        if (status == Verified)
        {
            verification.Open(call.Client?.Id);
            (sessionId, var refusal) = follow();
            if (refusal is not null)
            {
                return refusal;
            }
        }

        var query = new Dictionary<string, string?>(StringComparer.Ordinal) { ["__clerk_status"] = status };
        if (sessionId is not null)
        {
            query["__clerk_created_session"] = sessionId;
        }

        return FrontendAnswer.SeeOther(QueryHelpers.AddQueryString(verification.RedirectUrl ?? $"{call.Self}{LinkPage.Path}", query));
    }

    private string StatusOf(FrontendCall call, EmailLink link, Verification verification) => verification.StatusAt(world.Clock.NowMilliseconds) switch
    {
        VerificationStatus.Expired => Expired,
        VerificationStatus.Unverified when world.RequireSameClient && call.Client != link.Client => Mismatch,
        VerificationStatus.Unverified => Verified,
        _ => Failed,   // it was opened before
    };

    private (string? SessionId, ClerkError? Refusal) SignIn(BrowserClient client, SignIn signIn)
    {
        if (signIn.UserId is not { } id || world.Data.Users.Find(id) is not { } user)
        {
            return (null, FrontendErrors.ClientStateInvalid);
        }

        var refusal = SignInCompletion.Advance(world, client, signIn, user, VerificationStrategy.EmailLink);
        return (signIn.CreatedSessionId, refusal);
    }

    private (string? SessionId, ClerkError? Refusal) SignUp(BrowserClient client, SignUp signUp)
    {
        var refusal = SignUpCompletion.Advance(world, client, signUp);
        return (signUp.CreatedSessionId, refusal);
    }

    private ClerkError? Prove(BrowserClient client, IdentificationProof proof)
    {
        client.Proofs.Remove(proof);
        if (Identifications.FindEmail(world.Data.Users, proof.IdentificationId) is not var (user, email))
        {
            return FrontendErrors.LinkStale;
        }

        IdentificationProofs.Take(world, user, email, VerificationStrategy.EmailLink);
        return null;
    }
}
