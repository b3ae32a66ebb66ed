using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Browser.Tests;

/// <summary>Clerk's browser client signs in and up by phone, by links and in two steps.</summary>
public sealed class ClerkJsFactorTests(Chromium chromium)
{
    private const string Number = "+12015550142";

    [Fact]
    public async Task Somebody_signs_in_with_a_code_sent_to_a_phone()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await browser.Backend.PostAsJsonAsync("/v1/phone_numbers", new { user_id = LocalClerkDefaults.LinUserId, phone_number = Number, verified = true });

        await browser.RunAsync($$"""
            const attempt = await Clerk.client.signIn.create({ identifier: '{{Number}}' });
            const factor = attempt.supportedFirstFactors.find(one => one.strategy === 'phone_code');
            await attempt.prepareFirstFactor({ strategy: 'phone_code', phoneNumberId: factor.phoneNumberId });
            const done = await attempt.attemptFirstFactor({ strategy: 'phone_code', code: '424242' });
            await Clerk.setActive({ session: done.createdSessionId });
            """);

        Assert.Equal(LocalClerkDefaults.LinUserId, await browser.TextAsync("Clerk.user.id"));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Somebody_signs_up_with_a_phone_number()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);

        var steps = await browser.RunAsync($$"""
            const signUp = await Clerk.client.signUp.create({ phoneNumber: '{{Number}}', password: 'a long enough one' });
            const first = [signUp.status, signUp.unverifiedFields.join(), signUp.hasPassword];
            await signUp.preparePhoneNumberVerification({ strategy: 'phone_code' });
            const done = await signUp.attemptPhoneNumberVerification({ code: '424242' });
            await Clerk.setActive({ session: done.createdSessionId });
            return [...first, done.status, Clerk.user.primaryPhoneNumber.phoneNumber, Clerk.user.hasVerifiedPhoneNumber];
            """);

        Assert.Equal($"""["missing_requirements","phone_number",true,"complete","{Number}",true]""", ClerkInBrowser.Text(steps));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Somebody_signs_in_with_a_link_from_a_mail_in_another_tab()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        var waiting = browser.RunAsync($$"""
            const attempt = await Clerk.client.signIn.create({ identifier: 'lin+clerk_test@example.com' });
            const factor = attempt.supportedFirstFactors.find(one => one.strategy === 'email_link');
            const { startEmailLinkFlow } = attempt.createEmailLinkFlow();
            const done = await startEmailLinkFlow({ emailAddressId: factor.emailAddressId, redirectUrl: '{{browser.AppAddress}}/' });
            await Clerk.setActive({ session: done.createdSessionId });
            return [done.status, done.firstFactorVerification.status, done.firstFactorVerification.verifiedFromTheSameClient(), Clerk.user.id];
            """);

        var mail = await browser.Page.Context.NewPageAsync();
        await mail.GotoAsync(await LinkAsync(browser));
        var landed = new Uri(mail.Url);

        Assert.Equal($"""["complete","verified",true,"{LocalClerkDefaults.LinUserId}"]""", ClerkInBrowser.Text(await waiting));
        Assert.StartsWith($"{browser.AppAddress}/?__clerk_status=verified&__clerk_created_session=sess_", landed.AbsoluteUri, StringComparison.Ordinal);
        await mail.EvaluateAsync("() => window.Clerk.load({ telemetry: false })");
        var handled = await mail.EvaluateAsync<string>("async () => { await Clerk.handleEmailLinkVerification({}); return Clerk.user.id; }");
        Assert.Equal(LocalClerkDefaults.LinUserId, handled);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Link_is_on_the_control_page_to_be_followed()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await browser.RunAsync($$"""
            const attempt = await Clerk.client.signIn.create({ identifier: 'lin+clerk_test@example.com' });
            const factor = attempt.supportedFirstFactors.find(one => one.strategy === 'email_link');
            await attempt.prepareFirstFactor({ strategy: 'email_link', emailAddressId: factor.emailAddressId });
            """);

        var control = await browser.Page.Context.NewPageAsync();
        await control.GotoAsync(new Uri(browser.Backend.BaseAddress!, "/_local/").AbsoluteUri);
        await control.ClickAsync("text=Open the link");
        await control.WaitForURLAsync(address => address.Contains("__clerk_status=verified", StringComparison.Ordinal));

        Assert.Equal("The address is proved. Go back to where you asked for the link.", await control.TextContentAsync("[role=status]"));
        Assert.Equal("complete", await browser.TextAsync("(await Clerk.client.signIn.reload()).status"));
    }

    [Fact]
    public async Task Link_opened_in_another_browser_is_refused_there_and_leaves_the_first_one_waiting()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await browser.RunAsync($$"""
            const attempt = await Clerk.client.signIn.create({ identifier: 'lin+clerk_test@example.com' });
            const factor = attempt.supportedFirstFactors.find(one => one.strategy === 'email_link');
            await attempt.prepareFirstFactor({ strategy: 'email_link', emailAddressId: factor.emailAddressId, redirectUrl: '{{browser.AppAddress}}/' });
            """);

        await using var other = await chromium.NewContextAsync();
        var page = await other.NewPageAsync();
        await page.GotoAsync(await LinkAsync(browser));
        await page.EvaluateAsync("() => window.Clerk.load({ telemetry: false })");

        Assert.Equal("client_mismatch", await page.EvaluateAsync<string>(
            "async () => { try { await Clerk.handleEmailLinkVerification({}); return 'taken'; } catch (error) { return error.code; } }"));
        Assert.Equal("unverified", await browser.TextAsync("(await Clerk.client.signIn.reload()).firstFactorVerification.status"));
    }

    [Fact]
    public async Task Somebody_signs_up_with_a_link_from_a_mail()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        var waiting = browser.RunAsync($$"""
            const signUp = await Clerk.client.signUp.create({ emailAddress: 'mary+clerk_test@example.com', password: 'a long enough one' });
            const done = await signUp.createEmailLinkFlow().startEmailLinkFlow({ redirectUrl: '{{browser.AppAddress}}/' });
            await Clerk.setActive({ session: done.createdSessionId });
            return [done.status, done.verifications.emailAddress.status, Clerk.user.primaryEmailAddress.emailAddress];
            """);

        var mail = await browser.Page.Context.NewPageAsync();
        await mail.GotoAsync(await LinkAsync(browser));

        Assert.Equal("""["complete","verified","mary+clerk_test@example.com"]""", ClerkInBrowser.Text(await waiting));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Somebody_takes_up_an_authenticator_app_and_signs_in_in_two_steps()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await browser.RunAsync(SignIn("grace"));
        var secret = await browser.TextAsync("(await Clerk.user.createTOTP()).secret");
        var enrolled = await browser.RunAsync($$"""
            const totp = await Clerk.user.verifyTOTP({ code: '{{AuthenticatorApp.CodeOf(secret!)}}' });
            const fresh = await Clerk.user.createBackupCode();
            await Clerk.user.reload();
            const told = [totp.verified, totp.backupCodes.length, fresh.codes.length, Clerk.user.totpEnabled, Clerk.user.backupCodeEnabled];
            await Clerk.signOut(() => {});
            return [told, fresh.codes[0]];
            """);
        Assert.Equal("[true,10,10,true,true]", ClerkInBrowser.Text(enrolled[0]));

        var code = enrolled[1].GetString();
        var steps = await browser.RunAsync($$"""
            const signIn = { strategy: 'password', identifier: 'grace+clerk_test@example.com', password: '{{LocalClerkDefaults.Password}}' };
            const asked = await Clerk.client.signIn.create(signIn);
            const first = [asked.status, asked.supportedSecondFactors.map(one => one.strategy).join()];
            const done = await asked.attemptSecondFactor({ strategy: 'backup_code', code: '{{code}}' });
            await Clerk.setActive({ session: done.createdSessionId });
            const gone = await Clerk.user.disableTOTP();
            await Clerk.user.reload();
            return [...first, done.status, gone.deleted, Clerk.user.twoFactorEnabled];
            """);

        Assert.Equal("""["needs_second_factor","totp,backup_code","complete",true,false]""", ClerkInBrowser.Text(steps));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Somebody_keeps_a_phone_for_the_second_step_and_is_asked_for_it()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await browser.RunAsync(SignIn("grace"));

        var steps = await browser.RunAsync($$"""
            const phone = await Clerk.user.createPhoneNumber({ phoneNumber: '{{Number}}' });
            await phone.prepareVerification();
            const proved = await phone.attemptVerification({ code: '424242' });
            await phone.setReservedForSecondFactor({ reserved: true });
            await phone.makeDefaultSecondFactor();
            await Clerk.signOut(() => {});
            const asked = await Clerk.client.signIn.create({
              strategy: 'password', identifier: 'grace+clerk_test@example.com', password: '{{LocalClerkDefaults.Password}}' });
            await asked.prepareSecondFactor({ strategy: 'phone_code' });
            const done = await asked.attemptSecondFactor({ strategy: 'phone_code', code: '424242' });
            await Clerk.setActive({ session: done.createdSessionId });
            await Clerk.user.phoneNumbers[0].destroy();
            await Clerk.user.reload();
            return [proved.verification.status, phone.defaultSecondFactor, asked.status, done.status, Clerk.user.phoneNumbers.length];
            """);

        Assert.Equal("""["verified",true,"complete","complete",0]""", ClerkInBrowser.Text(steps));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Somebody_forgot_the_password_and_sets_another_by_mail()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);

        var steps = await browser.RunAsync("""
            const attempt = await Clerk.client.signIn.create({ strategy: 'reset_password_email_code', identifier: 'lin+clerk_test@example.com' });
            const proved = await attempt.attemptFirstFactor({ strategy: 'reset_password_email_code', code: '424242' });
            const status = proved.status;
            const done = await proved.resetPassword({ password: 'another one of hers', signOutOfOtherSessions: true });
            await Clerk.setActive({ session: done.createdSessionId });
            return [status, done.status, Clerk.user.id];
            """);

        Assert.Equal($"""["needs_new_password","complete","{LocalClerkDefaults.LinUserId}"]""", ClerkInBrowser.Text(steps));
        Assert.Empty(browser.Complaints);
    }

    private static string SignIn(string who) => $$"""
        const attempt = await Clerk.client.signIn.create({
          strategy: 'password', identifier: '{{who}}+clerk_test@example.com', password: '{{LocalClerkDefaults.Password}}' });
        await Clerk.setActive({ session: attempt.createdSessionId });
        """;

    /// <summary>The link of the mail that is asked for meanwhile.</summary>
    private static async Task<string> LinkAsync(ClerkInBrowser browser)
    {
        for (; ; await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken))
        {
            var messages = (await browser.Backend.GetFromJsonAsync<JsonObject>("/_local/webhooks", TestContext.Current.CancellationToken))!["messages"]!.AsArray();
            if (messages.LastOrDefault(message => (string?)message!["type"] == "email.created") is { } mail)
            {
                return (string)mail["payload"]!["data"]!["data"]!["magic_link"]!;
            }
        }
    }
}
