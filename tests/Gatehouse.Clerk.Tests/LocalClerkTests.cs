using System.Text.Json.Nodes;
using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.Tests;

/// <summary>The client against a whole Clerk on this machine.</summary>
public sealed class LocalClerkTests : IAsyncLifetime
{
    private const string ServiceUser = "user_2LocalAitherService00000001";
    private const string Aither = "mch_2LocalAither000000000000001";
    private const string Hemera = "mch_2LocalHemera000000000000001";

    private readonly WebApplication _local = LocalClerk.Build(
        [],
        configuration => configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]),
        services => services.AddLogging(logging => logging.ClearProviders()));

    private ServiceProvider _services = null!;

    private ClerkBackendClient Clerk => _services.GetRequiredService<ClerkBackendClient>();

    public async ValueTask InitializeAsync()
    {
        await _local.StartAsync();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("CLERK_API_URL", _local.Urls.Single()),
                new("CLERK_SECRET_KEY", "sk_test_gatehouse_local"),
                new("CLERK_MACHINE_SECRET_KEY", "ak_gatehouse_local_aither"),
                new("CLERK_SERVICE_USER_ID", ServiceUser),
            ])
            .Build());
        services.AddServiceToken("hemera");
        services.AddServiceToken("hemera-opaque", options => options.Format = M2MTokenFormat.Opaque);
        services.AddServiceToken("hemera-user", options => options.Kind = ServiceTokenKind.ServiceUser);
        _services = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _local.DisposeAsync();
    }

    [Fact]
    public async Task User_lives_from_creation_to_deletion()
    {
        var stop = CancellationToken.None;
        var created = await Clerk.Users.CreateAsync(
            new CreateUserRequest
            {
                EmailAddresses = ["new@example.com"],
                SkipPasswordRequirement = true,
                PublicMetadata = new JsonObject { ["role"] = "api-client" },
            },
            stop);
        Assert.Equal(("new@example.com", true), (created.PrimaryEmailAddress, created.EmailAddresses[0].IsVerified));

        await Clerk.Users.UpdateAsync(created.Id, new UpdateUserRequest { FirstName = "New" }, stop);
        await Clerk.Users.MergeMetadataAsync(
            created.Id,
            new MetadataChange { PublicMetadata = new JsonObject { ["service"] = "aither", ["role"] = null } },
            stop);
        var read = await Clerk.Users.GetAsync(created.Id, stop);
        Assert.Equal(("New", """{"service":"aither"}"""), (read.FirstName, read.PublicMetadata.GetRawText().Replace(" ", "", StringComparison.Ordinal)));
        Assert.True((await Clerk.Users.BanAsync(created.Id, stop)).Banned);

        await Clerk.Users.DeleteAsync(created.Id, stop);
        var thrown = await Assert.ThrowsAsync<ClerkApiException>(() => Clerk.Users.GetAsync(created.Id, stop));
        Assert.Equal((ClerkFailure.NotFound, true), (thrown.Failure, thrown.HasCode("resource_not_found")));
        Assert.NotNull(thrown.TraceId);
    }

    [Fact]
    public async Task Every_user_is_listed_once_whatever_the_page_size()
    {
        var all = await Clerk.Users.ListAsync().Select(user => user.Id).ToArrayAsync();

        Assert.Equal(all.Length, await Clerk.Users.CountAsync(null, CancellationToken.None));
        Assert.Contains(ServiceUser, all);
        for (var size = 1; size <= all.Length + 1; size++)
        {
            Assert.Equal(all, await Clerk.Users.ListAsync(pageSize: size).Select(user => user.Id).ToArrayAsync());
        }
    }

    [Fact]
    public async Task Taken_address_is_refused_with_its_parameter()
    {
        var request = new CreateUserRequest { EmailAddresses = ["aither-service@hemera-academy.com"], SkipPasswordRequirement = true };

        var thrown = await Assert.ThrowsAsync<ClerkApiException>(() => Clerk.Users.CreateAsync(request, CancellationToken.None));

        Assert.Equal((ClerkFailure.Rejected, "form_identifier_exists"), (thrown.Failure, Assert.Single(thrown.Errors).Code));
        Assert.DoesNotContain("hemera-academy", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Templates_and_machines_live_from_creation_to_deletion()
    {
        var stop = CancellationToken.None;
        var template = await Clerk.JwtTemplates.CreateAsync(new JwtTemplateRequest { Name = "mine", Claims = new JsonObject { ["a"] = 1 } }, stop);
        Assert.Contains(template.Id, await Clerk.JwtTemplates.ListAsync().Select(one => one.Id).ToArrayAsync());
        var changed = await Clerk.JwtTemplates.UpdateAsync(
            template.Id, new JwtTemplateRequest { Name = "mine", Claims = [], LifetimeSeconds = 120 }, stop);
        Assert.Equal((120, "{}"), (changed.LifetimeSeconds, changed.Claims.GetRawText()));
        await Clerk.JwtTemplates.DeleteAsync(template.Id, stop);

        var machine = await Clerk.Machines.CreateAsync(new MachineRequest { Name = "mine", ScopedMachines = [Hemera] }, stop);
        Assert.Equal(machine.SecretKey, await Clerk.Machines.GetSecretKeyAsync(machine.Id, stop));
        Assert.NotEqual(machine.SecretKey, await Clerk.Machines.RotateSecretKeyAsync(machine.Id, TimeSpan.Zero, stop));
        await Clerk.Machines.RemoveScopeAsync(machine.Id, Hemera, stop);
        await Clerk.Machines.AddScopeAsync(machine.Id, Hemera, stop);
        Assert.Equal(Hemera, Assert.Single((await Clerk.Machines.GetAsync(machine.Id, stop)).ScopedMachines).Id);
        await Clerk.Machines.DeleteAsync(machine.Id, stop);
    }

    [Fact]
    public async Task Sessions_are_listed_by_their_user_and_revoked()
    {
        var session = await Clerk.Sessions.CreateAsync(ServiceUser, null, CancellationToken.None);
        var listed = await Clerk.Sessions.ListAsync(new SessionFilter { UserId = ServiceUser }).Select(one => one.Id).ToArrayAsync();

        Assert.Contains(session.Id, listed);
        Assert.Equal("revoked", (await Clerk.Sessions.RevokeAsync(session.Id, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Opaque_machine_token_is_minted_verified_listed_and_revoked()
    {
        var stop = CancellationToken.None;
        var minted = await Clerk.M2MTokens.CreateAsync(
            new CreateM2MTokenRequest { Format = M2MTokenFormat.Opaque, Lifetime = TimeSpan.FromMinutes(1) }, stop);

        Assert.Equal((Aither, Hemera), (minted.Subject, Assert.Single(minted.Scopes)));
        Assert.Contains(minted.Id, await Clerk.M2MTokens.ListAsync(Aither).Select(token => token.Id).ToArrayAsync());
        Assert.True((await Clerk.M2MTokens.RevokeAsync(minted.Id, "test", stop)).Revoked);
        Assert.Null(await Clerk.M2MTokens.VerifyAsync(minted.Token!, stop));
    }

    [Theory]
    [InlineData("hemera")]
    [InlineData("hemera-user")]
    [Proves("A1", "A6", "A7", "A8", "A52")]
    public async Task Service_token_is_a_jwt_of_a_key_in_the_key_set(string service)
    {
        var source = _services.GetRequiredKeyedService<IServiceTokenSource>(service);
        var keys = _services.GetRequiredService<IKeySetSource>();

        var token = await source.GetTokenAsync(CancellationToken.None);

        Assert.Equal(token, await source.GetTokenAsync(CancellationToken.None));
        Assert.Equal(TimeSpan.FromSeconds(900), Gatehouse.Clerk.ServiceTokens.Internal.TokenLife.OfJwt(token));
        Assert.True((await keys.FindAsync("ins_2GatehouseLocalInstance0001", CancellationToken.None)).Found);
    }

    [Fact]
    [Proves("A3")]
    public async Task Opaque_service_token_is_shared_by_nodes_that_know_nothing_of_each_other()
    {
        var source = _services.GetRequiredKeyedService<IServiceTokenSource>("hemera-opaque");
        var first = await source.GetTokenAsync(CancellationToken.None);
        source.Clear();

        Assert.Equal(first, await source.GetTokenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Unknown_service_user_is_a_failure_with_its_cause()
    {
        await Clerk.Users.DeleteAsync(ServiceUser, CancellationToken.None);
        var source = _services.GetRequiredKeyedService<IServiceTokenSource>("hemera-user");

        var thrown = await Assert.ThrowsAsync<ServiceTokenException>(() => source.GetTokenAsync(CancellationToken.None).AsTask());

        Assert.Equal(ClerkFailure.NotFound, Assert.IsType<ClerkApiException>(thrown.InnerException).Failure);
    }
}
