using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests.Frontend;

public sealed class BrowserSessionTests
{
    [Fact]
    public async Task Token_comes_without_a_wrapper_and_names_the_page()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var answer = await browser.PostAsync($"/client/sessions/{browser.SessionId}/tokens", ("organization_id", ""), ("tab_state", "focused"));

        Assert.Equal(["object", "jwt"], answer.Json.AsObject().Select(member => member.Key));
        var token = await ReadToken.VerifiedAsync(clerk, answer.Text("jwt"));
        Assert.Equal((TestBrowser.Page, browser.SessionId, "active"), (token.Text("azp"), token.Text("sid"), token.Text("sts")));
        Assert.Equal(60, token.Number("exp") - token.Number("iat"));
    }

    [Fact]
    public async Task Token_can_be_of_an_organization_that_is_not_the_active_one()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var token = await browser.TokenAsync(clerk, ("organization_id", LocalClerkDefaults.KryptonOrganizationId));

        Assert.Equal("krypton", (string?)token.Claims["o"]!["slg"]);
        Assert.Null((await browser.TokenAsync(clerk)).Claims["o"]);
        var foreign = await browser.PostAsync(
            $"/client/sessions/{browser.SessionId}/tokens", ("organization_id", LocalClerkDefaults.OperatorsOrganizationId));
        Assert.Equal((404, "resource_not_found"), (foreign.Status, foreign.Code));
    }

    [Fact]
    public async Task Template_token_comes_by_its_name()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var path = $"/client/sessions/{browser.SessionId}/tokens";

        var token = await ReadToken.VerifiedAsync(clerk, (await browser.PostAsync($"{path}/{LocalClerkDefaults.HemeraTemplate}")).Text("jwt"));

        Assert.Equal(("user", TestBrowser.Page), (token.Text("role"), token.Text("azp")));
        Assert.Equal(404, (await browser.PostAsync($"{path}/no-such-template")).Status);
    }

    [Fact]
    public async Task Touch_switches_the_organization_and_brings_a_token_of_it()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var touch = $"/client/sessions/{browser.SessionId}/touch";

        var switched = await browser.PostAsync(touch, ("active_organization_id", "krypton"), ("intent", "select_org"));
        Assert.Equal(LocalClerkDefaults.KryptonOrganizationId, (string?)switched.Json["response"]!["last_active_organization_id"]);
        var token = await ReadToken.VerifiedAsync(clerk, (string)switched.Json["response"]!["last_active_token"]!["jwt"]!);
        Assert.Equal("member", (string?)token.Claims["o"]!["rol"]);

        await browser.PostAsync(touch, ("intent", "focus"));
        Assert.NotNull((await browser.TokenAsync(clerk)).Claims["o"]);
        await browser.PostAsync(touch, ("active_organization_id", ""));
        Assert.Null((await browser.TokenAsync(clerk)).Claims["o"]);
        Assert.Equal(404, (await browser.PostAsync(touch, ("active_organization_id", LocalClerkDefaults.OperatorsOrganizationId))).Status);
    }

    [Fact]
    public async Task Client_changes_its_time_only_when_somebody_signs_in_or_out()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var before = await UpdatedAsync();

        clerk.Clock.AdvanceSeconds(5);
        await browser.PostAsync($"/client/sessions/{browser.SessionId}/touch", ("active_organization_id", "krypton"));
        await browser.PatchAsync("/me", ("first_name", "Amazing"));
        Assert.Equal(before, await UpdatedAsync());
        await browser.DeleteAsync("/client/sessions");
        Assert.Equal(before + 5000, await UpdatedAsync());

        async Task<long> UpdatedAsync() => (long)(await browser.GetAsync("/client")).Json["response"]!["updated_at"]!;
    }

    [Theory]
    [InlineData("end", "ended")]
    [InlineData("remove", "removed")]
    public async Task Session_is_left_in_either_way(string action, string status)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var left = await browser.PostAsync($"/client/sessions/{browser.SessionId}/{action}");

        Assert.Equal(status, (string?)left.Json["response"]!["status"]);
        Assert.Empty(left.Json["client"]!["sessions"]!.AsArray());
        Assert.Equal(status, (await clerk.GetAsync($"/v1/sessions/{browser.SessionId}")).Text("status"));
        Assert.Equal((401, "signed_out"), (await browser.PostAsync($"/client/sessions/{browser.SessionId}/tokens")) is var after ? (after.Status, after.Code) : default);
    }

    [Fact]
    public async Task Signing_out_leaves_a_client_without_sessions()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var answer = await browser.DeleteAsync("/client/sessions");

        Assert.Empty(answer.Json["response"]!["sessions"]!.AsArray());
        Assert.Equal("removed", (await clerk.GetAsync($"/v1/sessions/{browser.SessionId}")).Text("status"));
        Assert.Equal(401, (await browser.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task Session_of_another_browser_is_not_found()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var graces = await TestBrowser.SignedInAsync(clerk);
        using var adas = await TestBrowser.SignedInAsync(clerk, "ada+clerk_test@example.com");

        Assert.Equal(404, (await adas.PostAsync($"/client/sessions/{graces.SessionId}/tokens")).Status);
        adas.SessionId = graces.SessionId;
        Assert.Equal(401, (await adas.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task Session_that_was_revoked_elsewhere_is_gone_from_its_browser()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        await clerk.PostAsync($"/v1/sessions/{browser.SessionId}/revoke");

        Assert.Empty((await browser.GetAsync("/client")).Json["response"]!["sessions"]!.AsArray());
        Assert.Equal(401, (await browser.PostAsync($"/client/sessions/{browser.SessionId}/tokens")).Status);
    }

    [Fact]
    public async Task Session_waits_until_an_organization_is_chosen_where_one_must_be()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:ForceOrganizationSelection", "true"));
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var client = (await browser.GetAsync("/client")).Json["response"]!;
        Assert.Equal("pending", (string?)client["sessions"]![0]!["status"]);
        Assert.Equal("choose-organization", (string?)client["sessions"]![0]!["tasks"]![0]!["key"]);
        Assert.Equal("pending", (await browser.TokenAsync(clerk)).Text("sts"));
        Assert.True((bool)(await browser.PatchAsync("/environment")).Json["organization_settings"]!["force_organization_selection"]!);

        await browser.PostAsync($"/client/sessions/{browser.SessionId}/touch", ("active_organization_id", "krypton"));
        Assert.Equal("active", (await browser.TokenAsync(clerk)).Text("sts"));
        Assert.Null((await clerk.GetAsync($"/v1/sessions/{browser.SessionId}")).Json["tasks"]);
    }

    [Fact]
    public async Task Reset_forgets_every_browser()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        await clerk.PostAsync("/_local/reset", new JsonObject());

        Assert.Equal("dev_browser_unauthenticated", (await browser.GetAsync("/client")).Code);
    }
}
