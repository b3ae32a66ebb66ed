using Gatehouse.Local.Clerk.Frontend.Profile;
using Gatehouse.Local.Clerk.Frontend.Sessions;
using Gatehouse.Local.Clerk.Frontend.SignIns;
using Gatehouse.Local.Clerk.Frontend.SignUps;
using Gatehouse.Local.Clerk.Frontend.Verifications;

namespace Gatehouse.Local.Clerk.Clients;

/// <summary>One browser as Clerk knows it: who is signed in there, and who is about to be. Times are unix milliseconds.</summary>
internal sealed class BrowserClient
{
    public required string Id { get; init; }

    /// <summary>What the cookie <c>__client</c> holds.</summary>
    public required string Secret { get; init; }

    /// <summary>What development hosts are told in place of the cookie, as <c>__clerk_db_jwt</c>.</summary>
    public required string DevBrowser { get; init; }

    /// <summary>Every session that was begun here, the newest last.</summary>
    public List<string> SessionIds { get; } = [];

    public string? LastActiveSessionId { get; set; }

    public string? LastStrategy { get; set; }

    /// <summary>The way in that was begun last, and stays to be asked about when it is over.</summary>
    public SignIn? SignIn { get; set; }

    /// <summary>The way to an account that was begun last, likewise.</summary>
    public SignUp? SignUp { get; set; }

    public SignIn? OpenSignIn => SignIn is { Status: not SignInStatus.Complete } open ? open : null;

    public SignUp? OpenSignUp => SignUp is { CreatedUserId: null } open ? open : null;

    /// <summary>The codes and links sent to e-mail addresses and phone numbers that are to be proved here.</summary>
    public List<IdentificationProof> Proofs { get; } = [];

    /// <summary>The authenticator app that somebody who is signed in here has still to try.</summary>
    public TotpEnrolment? TotpEnrolment { get; set; }

    /// <summary>What somebody who is signed in here is about to prove again.</summary>
    public Reverification? Reverification { get; set; }

    public required long CreatedAt { get; init; }

    /// <summary>When somebody last signed in or out here, and nothing else: apps take tokens issued before it for outdated.</summary>
    public required long UpdatedAt { get; set; }

    /// <summary>Notes what was sent to an address or a number, in place of anything sent there before.</summary>
    public void Expect(string identificationId, Verification verification)
    {
        Proofs.RemoveAll(proof => proof.IdentificationId == identificationId);
        Proofs.Add(new IdentificationProof { IdentificationId = identificationId, Verification = verification });
    }

    /// <summary>What was sent to an address or a number and is not proved yet.</summary>
    public Verification? PendingProof(string identificationId) =>
        Proofs.Find(proof => proof.IdentificationId == identificationId)?.Verification;
}
