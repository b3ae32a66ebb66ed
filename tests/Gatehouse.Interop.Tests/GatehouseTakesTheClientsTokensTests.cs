using Gatehouse.Local.Clerk;
using Gatehouse.Tokens;

namespace Gatehouse.Interop.Tests;

/// <summary>What the official client mints at the local Clerk, Gatehouse's own verifier takes; and only where it is meant for.</summary>
public sealed class GatehouseTakesTheClientsTokensTests
{
    [Theory]
    [InlineData(LocalClerkDefaults.HemeraMachineId, null)]
    [InlineData(LocalClerkDefaults.DeveloperMachineId, TokenFailure.Scope)]
    public async Task Machine_token_is_taken_by_its_receiver_only(string receiver, TokenFailure? refusal)
    {
        NodeProgram.RequireInstalled();
        await using var clerk = await FreshLocalClerk.StartAsync();
        var token = await MintedByTheOfficialClient.M2MTokenAsync(
            clerk.Urls.Single(), LocalClerkDefaults.AitherMachineSecret, "jwt", seconds: 900);

        var result = await (await VerifierAsync(clerk.Urls.Single())).VerifyAsync(
            token, new Entrance { Classes = TokenClass.M2M, MachineId = receiver }, TestContext.Current.CancellationToken);

        Assert.Equal(refusal, result.Succeeded ? null : result.Failure);
        Assert.Equal(refusal is null ? LocalClerkDefaults.AitherMachineId : null, result.Claims?.Subject);
    }

    private static async Task<TokenVerifier> VerifierAsync(string clerkUrl)
    {
        using var http = new HttpClient();
        var keys = KeySet.Parse(await http.GetByteArrayAsync($"{clerkUrl}/.well-known/jwks.json", TestContext.Current.CancellationToken));
        return new TokenVerifier(
            [new TokenIssuer(LocalClerkDefaults.Issuer, new FixedKeySource(keys!), AdmitPublishedKeys: true)], TimeProvider.System);
    }
}
