using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.OpaqueTokens;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Tests.OpaqueTokens;

/// <summary>A verifier that asks a whole Clerk on this machine.</summary>
public sealed class LocalOpaqueTokenTests : IAsyncLifetime
{
    private const string Aither = "mch_2LocalAither000000000000001";
    private const string Hemera = "mch_2LocalHemera000000000000001";
    private const string Shtetl = "mch_2LocalShtetlZmanim000000001";

    private readonly TestClock _clock = new(TimeProvider.System.GetUtcNow());
    private readonly HttpClient _http = new();
    private readonly WebApplication _local = LocalClerk.Build(
        [],
        configuration => configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]),
        services => services.AddLogging(logging => logging.ClearProviders()));

    public async ValueTask InitializeAsync() => await _local.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _local.DisposeAsync();
    }

    [Theory]
    [InlineData("ak_gatehouse_local_hemera", null)]
    [InlineData(null, "sk_test_gatehouse_local")]
    public async Task Opaque_machine_token_enters_at_its_receiver(string? machineSecret, string? secret)
    {
        var result = await VerifyAsync(Verifier(machineSecret, secret), await MintAsync(), Hemera);

        Assert.Equal((TokenFailure.Unverified, Aither), (result.Failure, result.Claims!.Subject));
    }

    [Theory]
    [InlineData("ak_gatehouse_local_shtetl_zmanim", null, TokenFailure.Unknown)]
    [InlineData(null, "sk_test_gatehouse_local", TokenFailure.Scope)]
    public async Task Opaque_machine_token_of_another_receiver_is_refused_by_clerk_or_by_us(
        string? machineSecret, string? secret, TokenFailure expected) =>
        Assert.Equal(expected, (await VerifyAsync(Verifier(machineSecret, secret), await MintAsync(), Shtetl)).Failure);

    [Fact]
    public async Task Made_up_machine_token_is_unknown() =>
        Assert.Equal(TokenFailure.Unknown, (await VerifyAsync(Verifier("ak_gatehouse_local_hemera", null), "mt_made-up", Hemera)).Failure);

    [Fact]
    public async Task Secret_that_clerk_refuses_is_our_fault() =>
        Assert.Equal(TokenFailure.KeysUnavailable, (await VerifyAsync(Verifier("ak_wrong", null), await MintAsync(), Hemera)).Failure);

    [Fact]
    public async Task Machine_token_revoked_at_clerk_is_refused_a_minute_later_at_most()
    {
        var verifier = Verifier("ak_gatehouse_local_hemera", null);
        var minted = await Clerk("ak_gatehouse_local_aither", null).M2MTokens.CreateAsync(Opaque, CancellationToken.None);
        Assert.True((await VerifyAsync(verifier, minted.Token!, Hemera)).Succeeded);

        await Clerk("ak_gatehouse_local_aither", null).M2MTokens.RevokeAsync(minted.Id, "test", CancellationToken.None);
        _clock.AdvanceSeconds(60);

        Assert.Equal(TokenFailure.Unknown, (await VerifyAsync(verifier, minted.Token!, Hemera)).Failure);
    }

    private static CreateM2MTokenRequest Opaque { get; } = new() { Format = M2MTokenFormat.Opaque, Lifetime = TimeSpan.FromMinutes(15) };

    private static Task<TokenResult> VerifyAsync(TokenVerifier verifier, string token, string receiver) => verifier
        .VerifyAsync(token, new Entrance { Classes = TokenClass.M2M, MachineId = receiver }, CancellationToken.None)
        .AsTask();

    private async Task<string> MintAsync() =>
        (await Clerk("ak_gatehouse_local_aither", null).M2MTokens.CreateAsync(Opaque, CancellationToken.None)).Token!;

    private TokenVerifier Verifier(string? machineSecret, string? secret) => new(
        [
            new TokenIssuer("https://gatehouse-local-1.clerk.accounts.dev", new FixedKeySource(new KeySet()))
            {
                OpaqueTokens = new ClerkOpaqueTokenSource(Clerk(machineSecret, secret), time: _clock),
            },
        ],
        _clock);

    private ClerkBackendClient Clerk(string? machineSecret, string? secret) => new(
        _http,
        Options.Create(new ClerkOptions { ApiUrl = _local.Urls.Single(), MachineSecretKey = machineSecret, SecretKey = secret }));
}
