using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>Tries the code that was sent to an address or a number of a user's own.</summary>
internal static class ProofAttempt
{
    /// <summary>Not null when the code was refused. One that was taken is used up.</summary>
    public static FrontendAnswer? Refuse(FrontendCall call, ClerkWorld world, string identificationId, bool isVerified)
    {
        var code = call.Form.RequiredText("code");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (call.Client!.PendingProof(identificationId) is not { } pending)
        {
            return isVerified ? FrontendErrors.VerificationAlreadyVerified : FrontendErrors.VerificationMissing;
        }

        if (pending.Code is null)
        {
            return FrontendErrors.StrategyOfVerificationInvalid;
        }

        if (pending.Attempt(code, world.Clock.NowMilliseconds) is { } refused)
        {
            return refused;
        }

        call.Client.Proofs.RemoveAll(proof => proof.IdentificationId == identificationId);
        return null;
    }
}
