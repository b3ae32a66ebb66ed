using System.Net;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Hemera;
using Microsoft.Extensions.Configuration;

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
        var folder = Directory.CreateTempSubdirectory("hemera-");
        await using var hemera = HemeraApp.Build(["--environment", "Development"], configuration => configuration.AddInMemoryCollection(
        [
            new("urls", "http://127.0.0.1:0"),
            new("ConnectionStrings:Hemera", Path.Combine(folder.FullName, "hemera.db")),
            new("CLERK_API_URL", clerk.Urls.Single()),
            new("CLERK_PUBLISHABLE_KEY", LocalClerkDefaults.PublishableKey),
            new("CLERK_SECRET_KEY", LocalClerkDefaults.SecretKey),
            new("Gatehouse:MachineId", LocalClerkDefaults.HemeraMachineId),
            new($"Gatehouse:Machines:{LocalClerkDefaults.AitherMachineId}:Role", "api-client"),
        ]));
        await hemera.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, await CallAsync(hemera.Urls.Single(), clerk.Urls.Single(), LocalClerkDefaults.AitherMachineSecret));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(hemera.Urls.Single(), clerk.Urls.Single(), LocalClerkDefaults.DeveloperMachineSecret));
        await hemera.StopAsync(TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
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
