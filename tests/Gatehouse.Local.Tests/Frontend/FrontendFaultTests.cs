namespace Gatehouse.Local.Tests.Frontend;

/// <summary>The Frontend API fails on demand as the Backend API does, and is limited as Clerk's is.</summary>
public sealed class FrontendFaultTests
{
    [Theory]
    [InlineData("status_429", "429", "too_many_requests")]
    [InlineData("status_5xx", "500 503", "internal_clerk_error service_unavailable")]
    public async Task Rate_of_one_fails_every_request_in_words_that_the_page_may_read(string rate, string statuses, string codes)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        await clerk.SetFaultsAsync($$"""{"api": {"{{rate}}": 1} }""");

        foreach (var answer in new[] { await browser.GetAsync("/client"), await browser.PostAsync("/client/sign_ins", ("identifier", "x")) })
        {
            Assert.Contains($"{answer.Status}", statuses, StringComparison.Ordinal);
            Assert.Contains(answer.Code!, codes, StringComparison.Ordinal);
            Assert.Equal(rate == "status_429" ? "1" : null, answer.RetryAfter);
            Assert.Equal(TestBrowser.Page, Assert.Single(answer.Message.Headers.GetValues("Access-Control-Allow-Origin")));
        }

        Assert.Equal("TooManyRequests InternalError Unavailable".Split(' ').Intersect(await FaultsAsync(clerk)), (await FaultsAsync(clerk)).Distinct());
        await clerk.SetFaultsAsync("{}");
        Assert.Equal(200, (await browser.GetAsync("/client")).Status);
    }

    [Fact]
    public async Task Connection_is_closed_on_demand()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        await clerk.SetFaultsAsync("""{"api":{"close":1}}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => browser.GetAsync("/client"));
    }

    [Fact]
    public async Task Same_seed_lets_the_same_requests_fail()
    {
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var clerk = await RunningClerk.StartAsync();
            using var browser = await TestBrowser.StartAsync(clerk);
            await clerk.SetFaultsAsync("""{"seed":7,"api":{"status_5xx":0.5}}""");
            var statuses = new List<int>();
            for (var count = 0; count < 20; count++)
            {
                statuses.Add((await browser.GetAsync("/environment")).Status);
            }

            runs.Add(string.Join(' ', statuses));
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.Contains("200", runs[0], StringComparison.Ordinal);
        Assert.Contains("50", runs[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_ins_and_sign_ups_are_begun_five_times_in_ten_seconds_each_apart_from_the_other()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:Limits:FrontendCreatesPer10Seconds", "5"));
        using var browser = await TestBrowser.StartAsync(clerk);
        foreach (var path in new[] { "/client/sign_ins", "/client/sign_ups" })
        {
            for (var count = 0; count < 5; count++)
            {
                Assert.Equal(200, (await browser.PostAsync(path)).Status);
            }
        }

        clerk.Clock.AdvanceSeconds(3);
        foreach (var path in new[] { "/client/sign_ins", "/client/sign_ups" })
        {
            var refused = await browser.PostAsync(path);
            Assert.Equal((429, "too_many_requests", "7"), (refused.Status, refused.Code, refused.RetryAfter));
        }

        Assert.Equal(200, (await browser.GetAsync("/client")).Status);
        clerk.Clock.AdvanceSeconds(7);
        Assert.Equal(200, (await browser.PostAsync("/client/sign_ins")).Status);
    }

    [Fact]
    public async Task Codes_and_passwords_are_tried_three_times_in_ten_seconds_also_by_several_browsers_of_one_address()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await clerk.SetFaultsAsync("""{"limits":{"frontend_attempts_per_10s":3}}""");
        for (var count = 0; count < 4; count++)
        {
            using var browser = await TestBrowser.StartAsync(clerk);
            var begun = (await browser.PostAsync("/client/sign_ins", ("identifier", "grace+clerk_test@example.com"))).Json["response"]!;
            var tried = await browser.PostAsync($"/client/sign_ins/{begun["id"]}/attempt_first_factor", ("strategy", "password"), ("password", "wrong"));
            Assert.Equal(count < 3 ? 422 : 429, tried.Status);
        }

        clerk.Clock.AdvanceSeconds(10);
        using var later = await TestBrowser.SignedInAsync(clerk);
        Assert.NotEmpty(later.SessionId);
    }

    [Fact]
    public async Task Without_a_setting_nothing_is_limited()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);

        for (var count = 0; count < 30; count++)
        {
            Assert.Equal(200, (await browser.PostAsync("/client/sign_ins")).Status);
        }
    }

    private static async Task<List<string>> FaultsAsync(RunningClerk clerk) =>
        [.. (await clerk.GetAsync("/_local/requests")).Json["requests"]!.AsArray()
            .Select(request => (string?)request!["fault"]).OfType<string>()];
}
