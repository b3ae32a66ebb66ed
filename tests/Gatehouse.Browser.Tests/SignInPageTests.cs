using Gatehouse.Local.Clerk;

namespace Gatehouse.Browser.Tests;

/// <summary>An app rendered by a server, with no script in its pages: its people sign in on the local Clerk's own page.</summary>
public sealed class SignInPageTests(Chromium chromium)
{
    [Fact]
    public async Task Somebody_is_chosen_with_one_click_and_signs_out_again()
    {
        await using var context = await chromium.NewContextAsync();
        await using var clerk = await ClerkInBrowser.StartClerkAsync();
        await using var app = await NodeApp.StartAsync("express-pages.mjs", clerk.Urls.Single());
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(10_000);

        await page.GotoAsync(app.Address);
        Assert.Equal("nobody", await page.TextContentAsync("#who"));
        await page.ClickAsync("text=Sign in");
        Assert.Contains("This is the local Clerk", await page.TextContentAsync("body"), StringComparison.Ordinal);
        await page.ClickAsync("button:has-text('Grace Hopper')");
        Assert.Equal(LocalClerkDefaults.GraceUserId, await page.TextContentAsync("#who"));

        await page.ReloadAsync();
        Assert.Equal(LocalClerkDefaults.GraceUserId, await page.TextContentAsync("#who"));
        await page.ClickAsync("text=Sign out");
        await page.ClickAsync("button:has-text('Sign out')");
        Assert.Equal("nobody", await page.TextContentAsync("#who"));
    }

    [Fact]
    public async Task Somebody_types_a_password_and_is_told_when_it_is_wrong()
    {
        await using var context = await chromium.NewContextAsync();
        await using var clerk = await ClerkInBrowser.StartClerkAsync();
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(10_000);

        await page.GotoAsync($"{clerk.Urls.Single()}/sign-in#/?redirect_url={clerk.Urls.Single()}/");
        await page.WaitForURLAsync(address => address.Contains("/sign-in?redirect_url=", StringComparison.Ordinal));
        await page.FillAsync("[name=identifier]", "ada+clerk_test@example.com");
        await page.FillAsync("[name=password]", "not hers");
        await page.PressAsync("[name=password]", "Enter");
        Assert.Equal("No user has this identifier and password.", await page.TextContentAsync("[role=alert]"));

        await page.FillAsync("[name=identifier]", "ada+clerk_test@example.com");
        await page.FillAsync("[name=password]", LocalClerkDefaults.Password);
        await page.PressAsync("[name=password]", "Enter");
        await page.WaitForURLAsync(address => address.Contains("/?__clerk_db_jwt=dvb_", StringComparison.Ordinal));
        await page.GotoAsync($"{clerk.Urls.Single()}/sign-in");
        Assert.Equal("Ada Lovelace", await page.TextContentAsync("#current"));
    }

    [Fact]
    public async Task App_with_a_script_sends_its_people_to_the_page_and_has_them_back_signed_in()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);

        await browser.RunAsync("Clerk.redirectToSignIn();");
        await browser.Page.ClickAsync("button:has-text('Lin Chen')");
        await browser.Page.WaitForURLAsync(address => address.StartsWith(browser.AppAddress, StringComparison.Ordinal));
        await browser.Page.EvaluateAsync("() => window.Clerk.load({ telemetry: false })");

        Assert.Equal(LocalClerkDefaults.LinUserId, await browser.TextAsync("Clerk.user?.id"));
        Assert.Empty(browser.Complaints);
    }
}
