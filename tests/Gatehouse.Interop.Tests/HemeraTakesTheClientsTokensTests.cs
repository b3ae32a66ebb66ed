using System.Net;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;

namespace Gatehouse.Interop.Tests;

/// <summary>A service written with Clerk's own package calls Hemera, a service written with Gatehouse.</summary>
public sealed class HemeraTakesTheClientsTokensTests
{
    [Fact]
    [Proves("A54")]
    public async Task A_machine_token_of_the_official_client_opens_Hemera()
    {
        NodeProgram.RequireInstalled();
        await using var clerk = await FreshLocalClerk.StartAsync();
        await using var hemera = await FreshHemera.StartAsync(clerk.Urls.Single());

        Assert.Equal(HttpStatusCode.OK, await CallAsync(hemera.Address, clerk.Urls.Single(), LocalClerkDefaults.AitherMachineSecret));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(hemera.Address, clerk.Urls.Single(), LocalClerkDefaults.DeveloperMachineSecret));
    }

    private static async Task<HttpStatusCode> CallAsync(string hemera, string clerk, string machineSecret)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{hemera}/api/service/courses");
        request.Headers.Authorization = new("Bearer", await MintedByTheOfficialClient.M2MTokenAsync(clerk, machineSecret, "jwt", seconds: 900));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
