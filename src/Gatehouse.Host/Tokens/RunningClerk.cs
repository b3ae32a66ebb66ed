using System.Net;
using Gatehouse.Clerk.Api;
using Gatehouse.Local.Clerk;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Host.Tokens;

/// <summary>The local Clerk as a server, asked like any Clerk.</summary>
internal static class RunningClerk
{
    /// <summary>Whether a local Clerk answers there. Another server must never be sent what is meant for it.</summary>
    public static async Task<bool> IsThereAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            using var response = await http.GetAsync(new Uri(address, "/_local/state"), cancellationToken);
            return response.Headers.TryGetValues("X-Gatehouse-Local", out var names) && names.Contains("clerk", StringComparer.Ordinal);
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public static async Task<MintResult> MintAsync(Uri address, MintRequest request, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddClerk(options => (options.ApiUrl, options.SecretKey) = (address.AbsoluteUri, LocalClerkDefaults.SecretKey))
            .BuildServiceProvider();
        var clerk = services.GetRequiredService<ClerkBackendClient>();
        try
        {
            return request.Machine is { } machine
                ? await MintForMachineAsync(address, clerk, machine, request, cancellationToken)
                : await MintForUserAsync(clerk, request, cancellationToken);
        }
        catch (ClerkApiException refused) when (refused.StatusCode == HttpStatusCode.NotFound)
        {
            return MintResult.NotFound($"the local Clerk knows no {request.User ?? request.Machine}, or not what was asked for it");
        }
        catch (ClerkApiException refused)
        {
            return MintResult.Refused($"the local Clerk refuses: {string.Join("; ", refused.Errors.Select(error => error.LongMessage ?? error.Message))}");
        }
    }

    private static async Task<MintResult> MintForUserAsync(ClerkBackendClient clerk, MintRequest request, CancellationToken cancellationToken)
    {
        var userId = LocalClerkTokens.FindUserId(request.User!) ?? request.User!;
        var session = await clerk.Sessions.CreateAsync(userId, request.Organization, cancellationToken);
        var token = await clerk.Sessions.CreateTokenAsync(
            session.Id,
            new SessionTokenRequest { Template = request.Template, Origin = request.Origin, Lifetime = Lifetime(request) },
            cancellationToken);
        return MintResult.Minted(token);
    }

    private static async Task<MintResult> MintForMachineAsync(
        Uri address, ClerkBackendClient clerk, string nameOrId, MintRequest request, CancellationToken cancellationToken)
    {
        var machineId = new LocalClerkTokens().FindMachineId(nameOrId) ?? nameOrId;
        var secret = await clerk.Machines.GetSecretKeyAsync(machineId, cancellationToken);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddClerk(options => (options.ApiUrl, options.MachineSecretKey) = (address.AbsoluteUri, secret))
            .BuildServiceProvider();
        var token = await services.GetRequiredService<ClerkBackendClient>().M2MTokens.CreateAsync(
            new CreateM2MTokenRequest { Format = M2MTokenFormat.Jwt, Lifetime = Lifetime(request) },
            cancellationToken);
        return MintResult.Minted(token.Token!);
    }

    private static TimeSpan? Lifetime(MintRequest request) => request.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
