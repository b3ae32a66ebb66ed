using System.Net.Http.Json;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Browser.Tests;

/// <summary>Clerk's browser client governs an organization, and a user's own account.</summary>
public sealed class ClerkJsOrganizationTests(Chromium chromium)
{
    [Fact]
    public async Task Administrator_invites_raises_and_removes_members()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await browser.RunAsync(SignIn("ada"));

        var told = await browser.RunAsync($$"""
            await Clerk.setActive({ organization: '{{LocalClerkDefaults.OperatorsOrganizationId}}' });
            const organization = Clerk.organization;
            const invited = await organization.inviteMember({ emailAddress: 'mary@example.com', role: 'org:member' });
            const first = invited.status;
            const both = await organization.inviteMembers({ emailAddresses: ['anne@example.com', 'jane@example.com'], role: 'org:member' });
            const pending = await organization.getInvitations({ status: ['pending'] });
            const revoked = await invited.revoke();
            const added = await organization.addMember({ userId: '{{LocalClerkDefaults.LinUserId}}', role: 'org:member' });
            const raised = await organization.updateMember({ userId: '{{LocalClerkDefaults.LinUserId}}', role: 'org:admin' });
            const admins = await organization.getMemberships({ role: ['org:admin'] });
            const found = await organization.getMemberships({ query: 'lin' });
            const removed = await organization.removeMember('{{LocalClerkDefaults.LinUserId}}');
            const roles = await organization.getRoles();
            await organization.reload();
            return [first, both.length, pending.total_count, revoked.status, added.role, raised.role, admins.total_count,
              found.data[0].publicUserData.userId, removed.id === added.id, roles.total_count, organization.membersCount, organization.pendingInvitationsCount];
            """);

        Assert.Equal(
            $"""["pending",2,3,"revoked","org:member","org:admin",2,"{LocalClerkDefaults.LinUserId}",true,2,1,2]""", ClerkInBrowser.Text(told));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Organization_is_renamed_and_destroyed_by_its_maker()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await browser.RunAsync(SignIn("grace"));

        var told = await browser.RunAsync("""
            const made = await Clerk.createOrganization({ name: 'Grace & Co' });
            await Clerk.setActive({ organization: made.id });
            await made.update({ name: 'Grace', slug: 'graces' });
            const renamed = [made.name, made.slug];
            await made.destroy();
            await Clerk.user.reload();
            return [...renamed, Clerk.user.organizationMemberships.map(held => held.organization.slug).join(), Clerk.organization?.id ?? null];
            """);

        Assert.Equal("""["Grace","graces","krypton",null]""", ClerkInBrowser.Text(told));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Member_is_told_what_is_not_allowed_accepts_an_invitation_and_leaves()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await browser.Backend.PostAsJsonAsync(
            $"/v1/organizations/{LocalClerkDefaults.OperatorsOrganizationId}/invitations",
            new { email_address = "grace+clerk_test@example.com", role = "org:member" });
        await browser.RunAsync(SignIn("grace"));

        var told = await browser.RunAsync("""
            const refusal = async act => { try { await act(); return 'accepted'; } catch (error) { return error.errors[0].code; } };
            const krypton = Clerk.user.organizationMemberships[0].organization;
            const refused = [
              await refusal(() => krypton.inviteMember({ emailAddress: 'mary@example.com', role: 'org:member' })),
              await refusal(() => krypton.update({ name: 'Mine' })),
              await refusal(() => krypton.destroy()),
            ];
            const invitations = await Clerk.user.getOrganizationInvitations({ status: 'pending' });
            const accepted = await invitations.data[0].accept();
            const left = await Clerk.user.leaveOrganization(krypton.id);
            await Clerk.user.reload();
            return [...refused, accepted.status, left.deleted, Clerk.user.organizationMemberships.length];
            """);

        Assert.Equal(
            """["missing_organization_permission","missing_organization_permission","missing_organization_permission","accepted",true,1]""",
            ClerkInBrowser.Text(told));
    }

    [Fact]
    public async Task Somebody_sees_the_own_sessions_ends_another_and_deletes_the_account()
    {
        await using var browser = await ClerkInBrowser.StartAsync(chromium);
        await using var other = await chromium.NewContextAsync();
        var page = await other.NewPageAsync();
        await page.GotoAsync(browser.AppAddress);
        await page.EvaluateAsync($"async () => {{ await Clerk.load({{ telemetry: false }}); {SignIn("lin")} }}");
        await browser.RunAsync(SignIn("lin"));

        var told = await browser.RunAsync($$"""
            const sessions = await Clerk.user.getSessions();
            const elsewhere = sessions.find(one => one.id !== Clerk.session.id);
            const address = elsewhere.latestActivity.ipAddress;
            const revoked = await elsewhere.revoke();
            await Clerk.user.updatePassword({ currentPassword: '{{LocalClerkDefaults.Password}}', newPassword: 'another one of hers', signOutOfOtherSessions: true });
            await Clerk.user.delete();
            return [sessions.length, address, revoked.status, Clerk.user ?? null];
            """);

        Assert.Equal("""[2,"127.0.0.1","revoked",null]""", ClerkInBrowser.Text(told));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await browser.Backend.GetAsync(new Uri($"/v1/users/{LocalClerkDefaults.LinUserId}", UriKind.Relative))).StatusCode);
    }

    private static string SignIn(string who) => $$"""
        const attempt = await Clerk.client.signIn.create({
          strategy: 'password', identifier: '{{who}}+clerk_test@example.com', password: '{{LocalClerkDefaults.Password}}' });
        await Clerk.setActive({ session: attempt.createdSessionId });
        """;
}
