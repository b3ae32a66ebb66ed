using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests.Frontend;

public sealed class ReverificationTests
{
    [Fact]
    public async Task Password_given_again_makes_the_first_factor_young()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var path = $"/client/sessions/{browser.SessionId}/verify";
        clerk.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("[30,-1]", (await browser.TokenAsync(clerk)).Claims["fva"]!.ToJsonString());

        var begun = (await browser.PostAsync(path, ("level", "multi_factor"))).Json["response"]!;
        Assert.Equal(("needs_first_factor", "first_factor"), ((string)begun["status"]!, (string)begun["level"]!));
        Assert.Equal("form_password_incorrect", (await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", "password"), ("password", "no"))).Code);
        var done = await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", "password"), ("password", LocalClerkDefaults.Password));

        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
        Assert.Equal("[0,-1]", done.Json["response"]!["session"]!["factor_verification_age"]!.ToJsonString());
        Assert.Equal("[0,-1]", (await browser.TokenAsync(clerk)).Claims["fva"]!.ToJsonString());
    }

    [Fact]
    public async Task Code_and_second_factor_are_proved_one_after_the_other()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var path = $"/client/sessions/{browser.SessionId}/verify";
        var set = new JsonObject { ["totp_secret"] = "JBSWY3DPEHPK3PXP", ["backup_codes"] = new JsonArray("only-once") };
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.GraceUserId}", set);

        Assert.Equal("verification_missing", (await browser.PostAsync($"{path}/prepare_first_factor", ("strategy", "email_code"))).Code);
        await browser.PostAsync(path, ("level", "multi_factor"));
        Assert.Equal("verification_missing", (await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", "email_code"), ("code", "424242"))).Code);
        await browser.PostAsync($"{path}/prepare_first_factor", ("strategy", "email_code"));
        Assert.Equal("form_code_incorrect", (await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", "email_code"), ("code", "0"))).Code);
        var half = await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", "email_code"), ("code", "424242"));
        Assert.Equal("needs_second_factor", (string?)half.Json["response"]!["status"]);
        Assert.Equal("form_code_incorrect", (await browser.PostAsync($"{path}/attempt_second_factor", ("strategy", "totp"), ("code", "000000"))).Code);
        var done = await browser.PostAsync($"{path}/attempt_second_factor", ("strategy", "backup_code"), ("code", "only-once"));

        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
        Assert.Equal("[0,0]", (await browser.TokenAsync(clerk)).Claims["fva"]!.ToJsonString());
    }

    [Fact]
    public async Task Level_that_does_not_exist_and_session_that_is_over_are_refused()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var path = $"/client/sessions/{browser.SessionId}/verify";

        Assert.Equal("level", (await browser.PostAsync(path, ("level", "third_factor"))).Parameter);
        await clerk.PostAsync($"/v1/sessions/{browser.SessionId}/revoke");
        Assert.Equal("signed_out", (await browser.PostAsync(path)).Code);
    }
}
