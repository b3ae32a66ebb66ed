using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Microsoft.AspNetCore.WebUtilities;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>A user's own authenticator app and backup codes.</summary>
public sealed class ProfileTotpTests
{
    [Fact]
    public async Task App_is_taken_up_with_its_first_code_and_then_asked_for()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var begun = (await browser.PostAsync("/me/totp")).Json["response"]!;
        var secret = (string)begun["secret"]!;
        var uri = new Uri((string)begun["uri"]!);
        Assert.Equal(("otpauth", "totp", secret), (uri.Scheme, uri.Host, (string?)QueryHelpers.ParseQuery(uri.Query)["secret"]));
        Assert.Equal((false, 32), ((bool)begun["verified"]!, secret.Length));
        Assert.False((bool)(await browser.GetAsync("/me")).Json["response"]!["totp_enabled"]!);
        Assert.Equal("form_code_incorrect", (await browser.PostAsync("/me/totp/attempt_verification", ("code", "000000"))).Code);
        var done = (await browser.PostAsync("/me/totp/attempt_verification", ("code", AuthenticatorApp.CodeAt(secret, clerk.Clock.GetUtcNow())))).Json["response"]!;

        Assert.Equal((true, null, 10), ((bool)done["verified"]!, (string?)done["secret"], done["backup_codes"]!.AsArray().Count));
        var user = (await browser.GetAsync("/me")).Json["response"]!;
        Assert.True((bool)user["totp_enabled"]! && (bool)user["two_factor_enabled"]! && (bool)user["backup_code_enabled"]!);
        Assert.Equal("totp_already_enabled", (await browser.PostAsync("/me/totp")).Code);

        using var other = await TestBrowser.StartAsync(clerk);
        var asked = await other.PostAsync("/client/sign_ins", ("identifier", "grace+clerk_test@example.com"), ("password", LocalClerkDefaults.Password));
        clerk.Clock.AdvanceSeconds(60);
        var signedIn = await other.PostAsync(
            $"/client/sign_ins/{asked.Json["response"]!["id"]}/attempt_second_factor",
            ("strategy", "totp"), ("code", AuthenticatorApp.CodeAt(secret, clerk.Clock.GetUtcNow())));
        Assert.Equal("complete", (string?)signedIn.Json["response"]!["status"]);
    }

    [Fact]
    public async Task Fresh_backup_codes_take_the_place_of_the_old_ones_and_are_good_for_once()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        Assert.Equal("backup_codes_not_available", (await browser.PostAsync("/me/backup_codes")).Code);
        var old = (await EnrolAsync(clerk, browser))["backup_codes"]!.AsArray().Select(code => (string)code!).ToList();

        var fresh = (await browser.PostAsync("/me/backup_codes")).Json["response"]!["codes"]!.AsArray().Select(code => (string)code!).ToList();

        Assert.Empty(fresh.Intersect(old));
        Assert.Equal("form_code_incorrect", await TryAsync(old[0]));
        Assert.Null(await TryAsync(fresh[0]));
        Assert.Equal("form_code_incorrect", await TryAsync(fresh[0]));

        async Task<string?> TryAsync(string code)
        {
            using var other = await TestBrowser.StartAsync(clerk);
            var asked = await other.PostAsync("/client/sign_ins", ("identifier", "grace+clerk_test@example.com"), ("password", LocalClerkDefaults.Password));
            return (await other.PostAsync(
                $"/client/sign_ins/{asked.Json["response"]!["id"]}/attempt_second_factor", ("strategy", "backup_code"), ("code", code))).Code;
        }
    }

    [Fact]
    public async Task App_is_given_up_and_its_backup_codes_with_it()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        Assert.Equal(404, (await browser.DeleteAsync("/me/totp")).Status);
        var enrolled = await EnrolAsync(clerk, browser);
        var before = (await clerk.MessagesAsync()).Count;

        var gone = await browser.DeleteAsync("/me/totp");

        Assert.Equal((string?)enrolled["id"], (string?)gone.Json["response"]!["id"]);
        var user = (await clerk.GetAsync($"/v1/users/{LocalClerkDefaults.GraceUserId}")).Json;
        Assert.False((bool)user["totp_enabled"]! || (bool)user["two_factor_enabled"]! || (bool)user["backup_code_enabled"]!);
        Assert.NotNull(user["mfa_disabled_at"]);
        Assert.Equal("user.updated", (string?)Assert.Single(await clerk.MessagesAsync(before))["type"]);
    }

    [Fact]
    public async Task Code_without_an_enrolment_is_refused()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        Assert.Equal(404, (await browser.PostAsync("/me/totp/attempt_verification", ("code", "000000"))).Status);
        Assert.Equal("form_param_missing", (await browser.PostAsync("/me/totp/attempt_verification")).Code);
    }

    [Fact]
    public async Task Enrolment_belongs_to_who_began_it()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var secret = (string)(await browser.PostAsync("/me/totp")).Json["response"]!["secret"]!;
        await browser.DeleteAsync("/client/sessions");
        browser.SessionId = "";
        await browser.PostAsync("/client/sign_ins", ("identifier", "ada+clerk_test@example.com"), ("password", LocalClerkDefaults.Password));

        var refused = await browser.PostAsync("/me/totp/attempt_verification", ("code", AuthenticatorApp.CodeAt(secret, clerk.Clock.GetUtcNow())));

        Assert.Equal(404, refused.Status);
    }

    private static async Task<JsonNode> EnrolAsync(RunningClerk clerk, TestBrowser browser)
    {
        var secret = (string)(await browser.PostAsync("/me/totp")).Json["response"]!["secret"]!;
        var code = AuthenticatorApp.CodeAt(secret, clerk.Clock.GetUtcNow());
        return (await browser.PostAsync("/me/totp/attempt_verification", ("code", code))).Json["response"]!;
    }
}
