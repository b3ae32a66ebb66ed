using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Users;
using Gatehouse.Local.Tests.Frontend;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Failed attempts count, too many lock the user out for an hour, and whoever is locked out has no way in.</summary>
[Proves("A8")]
public sealed class LockoutTests
{
    private const string Mary = "/v1/users/{user_id}";

    [Fact]
    public async Task Wrong_passwords_count_wherever_they_are_given_and_a_right_one_ends_the_count()
    {
        await using var stage = await Stage.SetAsync();
        using var browser = await TestBrowser.StartAsync(stage.Clerk);

        await VerifyAsync(stage, "wrong");
        await browser.PostAsync("/client/sign_ins", ("identifier", "mary"), ("password", "wrong"));
        await browser.SubmitAsync("/sign-in", null, ("identifier", "mary"), ("password", "wrong"));
        Assert.Equal(97, (await stage.DoAsync("GET", Mary)).Number("verification_attempts_remaining"));

        await VerifyAsync(stage, "a long enough one");
        Assert.Equal(100, (await stage.DoAsync("GET", Mary)).Number("verification_attempts_remaining"));
    }

    [Fact]
    public async Task The_hundredth_wrong_password_locks_the_user_for_an_hour()
    {
        await using var stage = await Stage.SetAsync();
        stage.Raised();
        await FailAsync(stage, 99);
        var before = (await stage.DoAsync("GET", Mary)).Json;
        Assert.Empty(stage.Raised());

        await FailAsync(stage, 1);

        Assert.Equal((false, 1), ((bool)before["locked"]!, (int)before["verification_attempts_remaining"]!));
        Assert.Equal(["user.updated"], stage.Raised());
        var locked = (await stage.DoAsync("GET", Mary)).Json;
        Assert.Equal((true, 0, 3600), ((bool)locked["locked"]!, (int)locked["verification_attempts_remaining"]!, (int)locked["lockout_expires_in_seconds"]!));
        stage.Clerk.Clock.AdvanceSeconds(1800.5);
        Assert.Equal(1800, (await stage.DoAsync("GET", Mary)).Number("lockout_expires_in_seconds"));
    }

    [Fact]
    public async Task Whoever_is_locked_out_is_refused_even_with_the_right_password_and_is_told_for_how_long()
    {
        await using var stage = await Stage.SetAsync();
        using var browser = await TestBrowser.StartAsync(stage.Clerk);
        await stage.DoAsync("POST", $"{Mary}/lock");

        Answer[] refused =
        [
            await VerifyAsync(stage, "a long enough one"),
            await stage.SendAsync("POST", "/v1/sessions", """{"user_id":"{user_id}"}"""),
            await browser.PostAsync("/client/sign_ins", ("identifier", "mary"), ("password", "a long enough one")),
        ];

        Assert.All(refused, answer =>
        {
            Assert.Equal((403, "user_locked"), (answer.Status, answer.Code));
            Assert.Equal(3600, (int)answer.Json["errors"]![0]!["meta"]!["lockout_expires_in_seconds"]!);
        });
        Assert.NotEqual(303, (await browser.SubmitAsync("/sign-in", null, ("identifier", "mary"), ("password", "a long enough one"))).Status);
        Assert.Equal(100, (await stage.DoAsync("GET", Mary)).Number("verification_attempts_remaining"));   // a lock by hand uses none up
    }

    [Fact]
    public async Task Lock_ends_after_its_hour_and_leaves_all_attempts()
    {
        await using var stage = await Stage.SetAsync();
        await FailAsync(stage, Lockout.MostFailures);

        stage.Clerk.Clock.AdvanceSeconds(3600);

        var user = (await stage.DoAsync("GET", Mary)).Json;
        Assert.Equal((false, 100), ((bool)user["locked"]!, (int)user["verification_attempts_remaining"]!));
        Assert.Null(user["lockout_expires_in_seconds"]);
        Assert.Equal(422, (await VerifyAsync(stage, "wrong")).Status);
        Assert.Equal(99, (await stage.DoAsync("GET", Mary)).Number("verification_attempts_remaining"));
        Assert.Equal(200, (await VerifyAsync(stage, "a long enough one")).Status);
    }

    [Fact]
    public async Task Unlocking_gives_all_attempts_back()
    {
        await using var stage = await Stage.SetAsync();
        await FailAsync(stage, Lockout.MostFailures);

        var user = (await stage.DoAsync("POST", $"{Mary}/unlock")).Json;

        Assert.Equal((false, 100), ((bool)user["locked"]!, (int)user["verification_attempts_remaining"]!));
        Assert.Equal(200, (await VerifyAsync(stage, "a long enough one")).Status);
    }

    [Fact]
    public async Task User_who_is_made_locked_is_locked_for_an_hour()
    {
        await using var stage = await Stage.SetAsync();

        var user = await stage.DoAsync("POST", "/v1/users", """{"locked":true}""");

        Assert.Equal((true, 3600), ((bool)user.Json["locked"]!, user.Number("lockout_expires_in_seconds")));
    }

    private static Task<Answer> VerifyAsync(Stage stage, string password) =>
        stage.SendAsync("POST", $"{Mary}/verify_password", new JsonObject { ["password"] = password }.ToJsonString());

    private static async Task FailAsync(Stage stage, int times)
    {
        for (var time = 0; time < times; time++)
        {
            Assert.Equal(422, (await VerifyAsync(stage, "wrong")).Status);
        }
    }
}
