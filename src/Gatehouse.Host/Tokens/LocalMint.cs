using Gatehouse.Local.Clerk;

namespace Gatehouse.Host.Tokens;

/// <summary>Mints at the local Clerk if one is running, since its state may have changed; else from the state that it starts with.</summary>
internal static class LocalMint
{
    public static async Task<MintResult> MintAsync(MintRequest request, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var address = environment("CLERK_API_URL") is { Length: > 0 } configured
            ? configured
            : LocalClerkDefaults.Url;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !uri.IsLoopback)
        {
            return MintResult.Refused("CLERK_API_URL is not the local Clerk's: tokens are minted there only");
        }

        return await RunningClerk.IsThereAsync(uri, cancellationToken)
            ? await RunningClerk.MintAsync(uri, request, cancellationToken)
            : MintFromSeed(request);
    }

    private static MintResult MintFromSeed(MintRequest request)
    {
        var tokens = new LocalClerkTokens();
        var result = request.Machine is { } machine
            ? tokens.ForMachine(machine, new LocalMachineTokenRequest { Seconds = request.Seconds })
            : tokens.ForUser(request.User!, new LocalTokenRequest
            {
                Origin = request.Origin,
                Organization = request.Organization,
                Template = request.Template,
                Seconds = request.Seconds,
            });
        return result.Succeeded ? MintResult.Minted(result.Token) : Explain(result.Failure, request);
    }

    private static MintResult Explain(LocalTokenFailure failure, MintRequest request) => failure switch
    {
        LocalTokenFailure.UnknownUser => MintResult.NotFound($"no user is called {request.User}; there are ada, grace, lin and aither-service"),
        LocalTokenFailure.UnknownMachine => MintResult.NotFound($"no machine is called {request.Machine}; there are aither, hemera, shtetl-zmanim and developer"),
        LocalTokenFailure.UnknownOrganization => MintResult.NotFound($"{request.User} belongs to no organization {request.Organization}"),
        LocalTokenFailure.UnknownTemplate => MintResult.NotFound($"no JWT template is called {request.Template}"),
        LocalTokenFailure.LifetimeOutOfRange => MintResult.Refused("--seconds is outside what Clerk takes: from 30 for people, from 1 for machines"),
        _ => MintResult.Refused("the local Clerk refuses this token"),
    };
}
