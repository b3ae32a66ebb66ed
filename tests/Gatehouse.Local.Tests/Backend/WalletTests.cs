using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Wallets come with their user, are found, and go.</summary>
[Proves("A8")]
public sealed class WalletTests
{
    private const string Mary = "/v1/users/{user_id}";
    private const string Second = Mary + "/web3_wallets/{web3_wallet_identification_id}";

    [Fact]
    public async Task Wallets_are_verified_and_the_first_is_the_primary_one()
    {
        await using var stage = await Stage.SetAsync();

        var user = (await stage.DoAsync("GET", Mary)).Json;

        var wallets = user["web3_wallets"]!.AsArray();
        Assert.Equal((string?)wallets[0]!["id"], (string?)user["primary_web3_wallet_id"]);
        Assert.All(wallets, wallet => Assert.Equal(("verified", "admin"), ((string?)wallet!["verification"]!["status"], (string?)wallet["verification"]!["strategy"])));
    }

    [Fact]
    public async Task Primary_wallet_gets_into_tokens()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("POST", "/v1/jwt_templates", """{"name":"wallet","claims":{"wallet":"{{user.primary_web3_wallet}}"}}""");

        var minted = await stage.DoAsync("POST", "/v1/sessions/{session_id}/tokens/wallet");

        Assert.Equal("0x52908400098527886E0F7030069857D2E4169EE7", (await ReadToken.VerifiedAsync(stage.Clerk, minted.Text("jwt"))).Text("wallet"));
    }

    [Fact]
    public async Task Deleted_wallet_is_free_for_others_and_another_takes_its_place()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", Mary, """{"primary_web3_wallet_id":"{web3_wallet_identification_id}"}""");

        var deleted = await stage.DoAsync("DELETE", Second);

        Assert.Equal(("web3_wallet", stage["web3_wallet_identification_id"]), (deleted.Text("object"), deleted.Text("id")));
        var user = (await stage.DoAsync("GET", Mary)).Json;
        Assert.Equal((string?)user["web3_wallets"]!.AsArray().Single()!["id"], (string?)user["primary_web3_wallet_id"]);
        await stage.DoAsync("POST", "/v1/users", """{"web3_wallet":["7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV"]}""");
    }

    [Fact]
    public async Task Last_way_to_be_found_cannot_be_deleted()
    {
        await using var stage = await Stage.SetAsync();
        var user = (await stage.DoAsync("POST", "/v1/users", """{"web3_wallet":["0xde709f2102306220921060314715629080e2fb77"]}""")).Json;

        var refused = await stage.SendAsync("DELETE", $"/v1/users/{user["id"]}/web3_wallets/{user["primary_web3_wallet_id"]}");

        Assert.Equal((400, "identification_deletion_failed"), (refused.Status, refused.Code));
    }
}
