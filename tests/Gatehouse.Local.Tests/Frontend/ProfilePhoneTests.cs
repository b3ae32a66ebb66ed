using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>A user's own phone numbers.</summary>
public sealed class ProfilePhoneTests
{
    private const string Number = "+12015550142";

    [Fact]
    public async Task Numbers_come_are_proved_become_primary_and_go()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var path = await AddAsync(browser, Number, proved: false);
        Assert.Equal("verification_missing", (await browser.PostAsync($"{path}/attempt_verification", ("code", "424242"))).Code);
        Assert.Equal("strategy_for_user_invalid", (await browser.PostAsync($"{path}/prepare_verification", ("strategy", "email_code"))).Code);
        var prepared = await browser.PostAsync($"{path}/prepare_verification", ("strategy", "phone_code"));
        Assert.Equal(("unverified", 0), (
            (string?)prepared.Json["response"]!["verification"]!["status"], (int)prepared.Json["response"]!["verification"]!["attempts"]!));
        Assert.Equal("form_code_incorrect", (await browser.PostAsync($"{path}/attempt_verification", ("code", "1"))).Code);
        var proved = (await browser.PostAsync($"{path}/attempt_verification", ("code", "424242"))).Json["response"]!;
        Assert.Equal("verified", (string?)proved["verification"]!["status"]);
        Assert.Equal("verification_already_verified", (await browser.PostAsync($"{path}/attempt_verification", ("code", "424242"))).Code);
        Assert.Equal("verification_already_verified", (await browser.PostAsync($"{path}/prepare_verification", ("strategy", "phone_code"))).Code);

        Assert.Equal((string?)proved["id"], (string?)(await browser.GetAsync("/me")).Json["response"]!["primary_phone_number_id"]);
        var gone = await browser.DeleteAsync(path);
        Assert.True((bool)gone.Json["response"]!["deleted"]!);
        var user = await clerk.GetAsync($"/v1/users/{LocalClerkDefaults.GraceUserId}");
        Assert.Empty(user.Json["phone_numbers"]!.AsArray());
        Assert.Null((string?)user.Json["primary_phone_number_id"]);
    }

    [Theory]
    [InlineData("", 422, "form_param_nil")]
    [InlineData("12015550142", 422, "form_param_format_invalid")]
    [InlineData("+12015550199", 422, "form_identifier_exists")]
    public async Task Faults_are_refused(string number, int status, string code)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        await clerk.PostAsync("/v1/phone_numbers", new JsonObject
        {
            ["user_id"] = LocalClerkDefaults.AdaUserId,
            ["phone_number"] = "+12015550199",
            ["verified"] = true,
        });

        var answer = await browser.PostAsync("/me/phone_numbers", ("phone_number", number));

        Assert.Equal((status, code, "phone_number"), (answer.Status, answer.Code, answer.Parameter));
    }

    [Fact]
    public async Task Number_becomes_the_second_factor_and_the_chosen_one_is_the_default()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var first = await AddAsync(browser, Number);
        var second = await AddAsync(browser, "+12015550143");

        foreach (var path in new[] { first, second })
        {
            Assert.Equal(200, (await browser.PatchAsync(path, ("reserved_for_second_factor", "true"))).Status);
        }

        Assert.Equal("yes no", await DefaultsAsync());
        await browser.PatchAsync(second, ("default_second_factor", "true"));
        Assert.Equal("no yes", await DefaultsAsync());
        Assert.True((bool)(await browser.GetAsync("/me")).Json["response"]!["two_factor_enabled"]!);
        await browser.PatchAsync(second, ("reserved_for_second_factor", "false"));
        Assert.Equal("yes no", await DefaultsAsync());
        await browser.DeleteAsync(first);
        Assert.False((bool)(await browser.GetAsync("/me")).Json["response"]!["two_factor_enabled"]!);

        async Task<string> DefaultsAsync() => string.Join(' ', (await browser.GetAsync("/me/phone_numbers")).Array
            .Select(phone => (bool)phone!["default_second_factor"]! ? "yes" : "no"));
    }

    [Fact]
    public async Task Number_that_is_not_proved_is_no_second_factor()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var path = await AddAsync(browser, Number, proved: false);

        Assert.Equal("identification_update_second_factor_unverified", (await browser.PatchAsync(path, ("reserved_for_second_factor", "true"))).Code);
        Assert.Equal("identification_create_second_factor_unverified", (await browser.PostAsync(
            "/me/phone_numbers", ("phone_number", "+12015550143"), ("reserved_for_second_factor", "true"))).Code);
    }

    [Fact]
    public async Task Last_way_to_be_found_can_neither_go_nor_become_the_second_factor()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var begun = await browser.PostAsync("/client/sign_ups", ("phone_number", Number), ("password", "long enough"));
        var signUp = $"/client/sign_ups/{begun.Json["response"]!["id"]}";
        await browser.PostAsync($"{signUp}/prepare_verification", ("strategy", "phone_code"));
        var done = await browser.PostAsync($"{signUp}/attempt_verification", ("strategy", "phone_code"), ("code", "424242"));
        var path = $"/me/phone_numbers/{done.Json["client"]!["sessions"]![0]!["user"]!["primary_phone_number_id"]}";

        Assert.Equal("identification_update_failed", (await browser.PatchAsync(path, ("reserved_for_second_factor", "true"))).Code);
        Assert.Equal("identification_deletion_failed", (await browser.DeleteAsync(path)).Code);
    }

    [Fact]
    public async Task Number_of_another_user_is_not_found()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var graces = await TestBrowser.SignedInAsync(clerk);
        using var adas = await TestBrowser.SignedInAsync(clerk, "ada+clerk_test@example.com");
        var path = await AddAsync(graces, Number);

        Assert.Equal(404, (await adas.GetAsync(path)).Status);
        Assert.Equal(404, (await adas.DeleteAsync(path)).Status);
        Assert.Equal(200, (await graces.GetAsync(path)).Status);
    }

    /// <summary>Adds a number, and gives its path.</summary>
    private static async Task<string> AddAsync(TestBrowser browser, string number, bool proved = true)
    {
        var added = await browser.PostAsync("/me/phone_numbers", ("phone_number", number));
        Assert.Equal("unverified", (string?)added.Json["response"]!["verification"]!["status"]);
        var path = $"/me/phone_numbers/{added.Json["response"]!["id"]}";
        if (proved)
        {
            await browser.PostAsync($"{path}/prepare_verification", ("strategy", "phone_code"));
            Assert.Equal(200, (await browser.PostAsync($"{path}/attempt_verification", ("code", "424242"))).Status);
        }

        return path;
    }
}
