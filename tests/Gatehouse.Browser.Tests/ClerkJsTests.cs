using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Browser.Tests;

/// <summary>Clerk's browser client, unmodified and in a real browser, takes the local Clerk for Clerk.</summary>
public sealed class ClerkJsTests(Chromium chromium)
{
    private const string SignInGrace = $$"""
        const attempt = await Clerk.client.signIn.create({
          strategy: 'password', identifier: 'grace+clerk_test@example.com', password: '{{LocalClerkDefaults.Password}}' });
        await Clerk.setActive({ session: attempt.createdSessionId });
        """;

    [Fact]
    public async Task Somebody_signs_up_with_an_address_that_a_code_proves()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);

        var steps = await browser.RunAsync("""
            const signUp = await Clerk.client.signUp.create({
              emailAddress: 'mary+clerk_test@example.com', password: 'a long enough one', firstName: 'Mary', lastName: 'Jackson' });
            const first = [signUp.status, signUp.unverifiedFields.join()];
            const prepared = await signUp.prepareEmailAddressVerification({ strategy: 'email_code' });
            const done = await prepared.attemptEmailAddressVerification({ code: '424242' });
            await Clerk.setActive({ session: done.createdSessionId });
            return [...first, done.status, Clerk.user.fullName, Clerk.user.id === done.createdUserId, Clerk.session.status];
            """);

        Assert.Equal("""["missing_requirements","email_address","complete","Mary Jackson",true,"active"]""", ClerkInBrowser.Text(steps));
        var users = await browser.Backend.GetFromJsonAsync<JsonArray>("/v1/users?email_address=mary%2Bclerk_test@example.com");
        Assert.Equal("Jackson", (string?)Assert.Single(users!)!["last_name"]);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Somebody_signs_in_with_a_password_stays_signed_in_and_signs_out()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);

        await browser.RunAsync(SignInGrace);
        Assert.Equal(LocalClerkDefaults.GraceUserId, await browser.TextAsync("Clerk.user.id"));
        await browser.OpenAsync();
        Assert.Equal(LocalClerkDefaults.GraceUserId, await browser.TextAsync("Clerk.user?.id"));
        await browser.RunAsync("await Clerk.signOut(() => {});");
        Assert.Null(await browser.TextAsync("Clerk.user?.id"));
        await browser.OpenAsync();
        Assert.Null(await browser.TextAsync("Clerk.user?.id"));

        Assert.DoesNotContain("__session", await browser.TextAsync("document.cookie"), StringComparison.Ordinal);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Somebody_signs_in_with_a_code_sent_by_mail()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);

        await browser.RunAsync("""
            const attempt = await Clerk.client.signIn.create({ identifier: 'lin+clerk_test@example.com' });
            const factor = attempt.supportedFirstFactors.find(one => one.strategy === 'email_code');
            await attempt.prepareFirstFactor({ strategy: 'email_code', emailAddressId: factor.emailAddressId });
            const done = await attempt.attemptFirstFactor({ strategy: 'email_code', code: '424242' });
            await Clerk.setActive({ session: done.createdSessionId });
            """);

        Assert.Equal(LocalClerkDefaults.LinUserId, await browser.TextAsync("Clerk.user.id"));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Somebody_signs_in_with_a_ticket_once()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        var created = await browser.Backend.PostAsJsonAsync("/v1/sign_in_tokens", new { user_id = LocalClerkDefaults.LinUserId });
        var ticket = (string?)(await created.Content.ReadFromJsonAsync<JsonObject>())!["token"];

        await browser.RunAsync($$"""
            const attempt = await Clerk.client.signIn.create({ strategy: 'ticket', ticket: '{{ticket}}' });
            await Clerk.setActive({ session: attempt.createdSessionId });
            """);

        Assert.Equal(LocalClerkDefaults.LinUserId, await browser.TextAsync("Clerk.user.id"));
        Assert.Empty(browser.Complaints);
        Assert.Equal("ticket_invalid_code", await browser.TextAsync($$"""
            await Clerk.signOut(() => {}).then(() => Clerk.client.signIn.create({ strategy: 'ticket', ticket: '{{ticket}}' }))
              .catch(error => error.errors[0].code)
            """));
    }

    [Fact]
    public async Task Wrong_passwords_and_codes_are_refused_in_Clerks_words()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);

        var codes = await browser.RunAsync("""
            const refusal = async act => { try { await act(); return 'accepted'; } catch (error) { return error.errors[0].code; } };
            const signIn = Clerk.client.signIn;
            return [
              await refusal(() => signIn.create({ identifier: 'nobody@example.com' })),
              await refusal(() => signIn.create({ identifier: 'lin+clerk_test@example.com', password: 'not hers' })),
              await refusal(() => Clerk.client.signIn.attemptFirstFactor({ strategy: 'email_code', code: '424242' })),
              await refusal(() => Clerk.client.signUp.create({ emailAddress: 'ada+clerk_test@example.com' })),
            ];
            """);

        Assert.Equal(
            """["form_identifier_not_found","form_password_incorrect","verification_missing","form_identifier_exists"]""", ClerkInBrowser.Text(codes));
    }

    [Fact]
    public async Task Token_is_refreshed_by_itself_before_it_expires()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await browser.Page.Clock.InstallAsync();
        await browser.OpenAsync();
        await browser.RunAsync(SignInGrace);
        var first = await browser.TextAsync("Clerk.session.lastActiveToken.getRawString()");

        await browser.Backend.PostAsJsonAsync("/_local/clock", new { advance_seconds = 50 });
        var refreshed = await browser.Page.RunAndWaitForRequestFinishedAsync(
            () => browser.Page.Clock.FastForwardAsync(50_000),
            new() { Predicate = request => request.Url.Contains("/tokens?", StringComparison.Ordinal) });

        Assert.Equal("POST", refreshed.Method);
        await browser.Page.WaitForFunctionAsync("first => Clerk.session.lastActiveToken.getRawString() !== first", first);
        var claims = await browser.RunAsync("return Clerk.session.lastActiveToken.jwt.claims;");
        Assert.Equal(60, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(browser.AppAddress, claims.GetProperty("azp").GetString());
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Organization_is_made_and_switched_to_and_left()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await browser.RunAsync(SignInGrace);

        var told = await browser.RunAsync($$"""
            const claims = async () => JSON.parse(atob((await Clerk.session.getToken()).split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
            const made = await Clerk.createOrganization({ name: 'Grace & Co' });
            await Clerk.setActive({ organization: made.id });
            const own = await claims();
            await Clerk.setActive({ organization: '{{LocalClerkDefaults.KryptonOrganizationId}}' });
            const other = await claims();
            await Clerk.setActive({ organization: null });
            const none = await claims();
            const memberships = await Clerk.user.getOrganizationMemberships();
            const members = await made.getMemberships();
            return [made.slug, own.o.rol, own.o.id === made.id, other.o.slg, other.o.rol, none.o ?? null, memberships.total_count,
              members.data[0].publicUserData.userId];
            """);

        Assert.Equal($"""["grace-co","admin",true,"krypton","member",null,2,"{LocalClerkDefaults.GraceUserId}"]""", ClerkInBrowser.Text(told));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Template_token_holds_what_its_template_says()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await browser.RunAsync(SignInGrace);

        var claims = await browser.RunAsync($$"""
            const token = await Clerk.session.getToken({ template: '{{LocalClerkDefaults.HemeraTemplate}}' });
            return JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
            """);

        Assert.Equal(LocalClerkDefaults.GraceUserId, claims.GetProperty("userId").GetString());
        Assert.Equal(browser.AppAddress, claims.GetProperty("azp").GetString());
        Assert.False(claims.TryGetProperty("sid", out _));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Somebody_changes_profile_address_and_password()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await browser.RunAsync(SignInGrace);

        var told = await browser.RunAsync($$"""
            await Clerk.user.update({ firstName: 'Amazing', unsafeMetadata: { theme: 'dark' } });
            const email = await Clerk.user.createEmailAddress({ email: 'grace.hopper+clerk_test@example.com' });
            await email.prepareVerification({ strategy: 'email_code' });
            const proved = await email.attemptVerification({ code: '424242' });
            await Clerk.user.update({ primaryEmailAddressId: email.id });
            await Clerk.user.updatePassword({ currentPassword: '{{LocalClerkDefaults.Password}}', newPassword: 'another one of hers' });
            await Clerk.user.emailAddresses.find(one => one.id !== email.id).destroy();
            await Clerk.user.reload();
            return [Clerk.user.fullName, Clerk.user.unsafeMetadata.theme, proved.verification.status,
              Clerk.user.emailAddresses.map(one => one.emailAddress).join()];
            """);

        Assert.Equal("""["Amazing Hopper","dark","verified","grace.hopper+clerk_test@example.com"]""", ClerkInBrowser.Text(told));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Session_is_pending_until_a_forced_organization_is_chosen()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium, ("LocalClerk:ForceOrganizationSelection", "true"));

        var told = await browser.RunAsync($$"""
            const attempt = await Clerk.client.signIn.create({
              strategy: 'password', identifier: 'grace+clerk_test@example.com', password: '{{LocalClerkDefaults.Password}}' });
            await Clerk.setActive({ session: attempt.createdSessionId });
            const pending = [Clerk.session.status, Clerk.session.currentTask.key, Clerk.isSignedIn];
            await Clerk.setActive({ organization: '{{LocalClerkDefaults.KryptonOrganizationId}}' });
            return [...pending, Clerk.session.status, Clerk.session.currentTask ?? null, Clerk.isSignedIn];
            """);

        Assert.Equal("""["pending","choose-organization",false,"active",null,true]""", ClerkInBrowser.Text(told));
        Assert.Empty(browser.Complaints);
    }
}
