using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Local.Tests;

public sealed class LocalClerkTokensTests
{
    private readonly TestClock _clock = new();

    [Theory]
    [InlineData("ada", LocalClerkDefaults.AdaUserId)]
    [InlineData("GRACE", LocalClerkDefaults.GraceUserId)]
    [InlineData("Lin", LocalClerkDefaults.LinUserId)]
    [InlineData("aither-service", LocalClerkDefaults.AitherServiceUserId)]
    [InlineData(LocalClerkDefaults.AdaUserId, LocalClerkDefaults.AdaUserId)]
    public async Task User_is_known_by_name_and_by_id(string nameOrId, string userId)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var result = new LocalClerkTokens(_clock).ForUser(nameOrId, new LocalTokenRequest { Origin = "http://localhost:5421" });

        Assert.True(result.Succeeded);
        var token = await ReadToken.VerifiedAsync(clerk, result.Token);
        Assert.Equal((userId, "http://localhost:5421"), (token.Text("sub"), token.Text("azp")));
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeSeconds() + 60, token.Number("exp"));
    }

    [Theory]
    [InlineData("aither", LocalClerkDefaults.AitherMachineId, LocalClerkDefaults.HemeraMachineId)]
    [InlineData("Developer", LocalClerkDefaults.DeveloperMachineId, LocalClerkDefaults.ShtetlZmanimMachineId)]
    [InlineData("hemera", LocalClerkDefaults.HemeraMachineId, LocalClerkDefaults.GatehouseMachineId)]
    [InlineData("shtetl-zmanim", LocalClerkDefaults.ShtetlZmanimMachineId, LocalClerkDefaults.GatehouseMachineId)]
    [InlineData(LocalClerkDefaults.DeveloperMachineId, LocalClerkDefaults.DeveloperMachineId, LocalClerkDefaults.ShtetlZmanimMachineId)]
    public async Task Machine_is_known_by_name_and_by_id(string nameOrId, string machineId, string scopes)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var result = new LocalClerkTokens(_clock).ForMachine(nameOrId, new LocalMachineTokenRequest { Seconds = 900 });

        Assert.True(result.Succeeded);
        var token = await ReadToken.VerifiedAsync(clerk, result.Token);
        Assert.Equal((machineId, scopes), (token.Text("sub"), token.Text("scopes")));
        Assert.Equal(900, token.Number("exp") - token.Number("iat"));
    }

    [Fact]
    public async Task Organization_and_template_are_taken()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var tokens = new LocalClerkTokens(_clock);

        var member = tokens.ForUser("ada", new LocalTokenRequest { Organization = "operators", Seconds = 300 });
        var service = tokens.ForUser("aither-service", new LocalTokenRequest { Template = "hemera-api" });

        Assert.Equal(LocalClerkDefaults.OperatorsOrganizationId, (string?)(await ReadToken.VerifiedAsync(clerk, member.Token!)).Claims["o"]!["id"]);
        Assert.Equal("api-client", (await ReadToken.VerifiedAsync(clerk, service.Token!)).Text("role"));
    }

    [Fact]
    public void What_cannot_be_minted_is_refused_with_a_reason()
    {
        var tokens = new LocalClerkTokens(_clock);

        Assert.Equal(LocalTokenFailure.UnknownUser, tokens.ForUser("nobody").Failure);
        Assert.Equal(LocalTokenFailure.UnknownUser, tokens.ForUser("").Failure);
        Assert.Equal(LocalTokenFailure.UnknownMachine, tokens.ForMachine("nobody").Failure);
        Assert.Equal(LocalTokenFailure.UnknownOrganization, tokens.ForUser("lin", new LocalTokenRequest { Organization = "operators" }).Failure);
        Assert.Equal(LocalTokenFailure.UnknownOrganization, tokens.ForUser("ada", new LocalTokenRequest { Organization = "no-such" }).Failure);
        Assert.Equal(LocalTokenFailure.UnknownTemplate, tokens.ForUser("lin", new LocalTokenRequest { Template = "no-such" }).Failure);
        Assert.Equal(LocalTokenFailure.LifetimeOutOfRange, tokens.ForUser("lin", new LocalTokenRequest { Seconds = 29 }).Failure);
        Assert.Equal(LocalTokenFailure.LifetimeOutOfRange, tokens.ForMachine("aither", new LocalMachineTokenRequest { Seconds = 0 }).Failure);
        var reserved = new LocalMachineTokenRequest { Claims = new JsonObject { ["sub"] = "x" } };
        Assert.Equal(LocalTokenFailure.ReservedClaim, tokens.ForMachine("aither", reserved).Failure);
    }

    [Fact]
    public void Same_seed_and_time_give_the_same_token()
    {
        var first = new LocalClerkTokens(_clock, seed: 3).ForUser("ada").Token;

        Assert.Equal(first, new LocalClerkTokens(_clock, seed: 3).ForUser("ada").Token);
        Assert.NotEqual(first, new LocalClerkTokens(_clock, seed: 4).ForUser("ada").Token);
    }

    [Fact]
    public void Published_values_are_known_to_the_core()
    {
        Assert.All(
            new[]
            {
                LocalClerkDefaults.SecretKey, LocalClerkDefaults.PublishableKey, LocalClerkDefaults.AitherMachineSecret,
                LocalClerkDefaults.HemeraMachineSecret, LocalClerkDefaults.ShtetlZmanimMachineSecret, LocalClerkDefaults.DeveloperMachineSecret,
                LocalClerkDefaults.GatehouseMachineSecret, LocalClerkDefaults.AnalyzerMachineSecret, LocalClerkDefaults.GoodTalkMachineSecret,
            },
            secret => Assert.True(PublishedKeys.Contains(secret)));
        Assert.True(SigningKey.TryCreateFromPem("kid", Local.Clerk.Tokens.KeyRing.Published().Current.PublicPem, out var key));
        Assert.True(key.IsPublished);
    }
}
