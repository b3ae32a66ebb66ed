using System.Text.RegularExpressions;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Clerk.Operations;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>Forms of every kind, from browsers in every state, are answered or refused, but never fail; every answer has Clerk's fields.</summary>
public sealed partial class FrontendFuzzTests
{
    private static readonly string[] Texts =
    [
        "", " ", "x", "true", "false", "0", "-1", "424242", "111111", "org:admin", "org:member", "org:a:b", "a@b.c", "new@example.com",
        "grace+clerk_test@example.com", "lin+clerk_test@example.com", "+12015550142", "+12015550143", LocalClerkDefaults.Password, "another long one",
        "http://localhost:3000/verify", "https://example.com", "javascript:alert(1)", "{\"a\":1}", "{\"a\":null}", "[1]", "{", "é", "\u0000", "\ud83d\ude00",
        "password", "email_code", "email_link", "phone_code", "totp", "backup_code", "ticket", "reset_password_email_code", "reset_password_phone_code",
        "first_factor", "second_factor", "multi_factor", "krypton", "My company",
    ];

    private static readonly string[] Fields =
    [
        "strategy", "identifier", "password", "code", "ticket", "email_address", "phone_number", "username", "first_name", "unsafe_metadata", "role", "user_id",
        "name", "slug", "email_address_id", "phone_number_id", "redirect_url", "reserved_for_second_factor", "default_second_factor", "new_password",
        "current_password", "sign_out_of_other_sessions", "primary_email_address_id", "primary_phone_number_id", "level", "active_organization_id",
        "organization_id", "legal_accepted", "locale", "%00", "",
    ];

    [Fact]
    public async Task No_form_makes_the_frontend_fail()
    {
        var runs = Counts.Of("local-frontend-fuzz");
        var random = runs.Random();
        for (var run = 0; run < runs.Count;)
        {
            await using var clerk = await RunningClerk.StartAsync();
            var operations = FrontendCoveragePage.Of(clerk).Where(operation => operation.Answered).Select(operation => operation.Published).ToList();
            using var ada = await TestBrowser.SignedInAsync(clerk, "ada+clerk_test@example.com");
            using var grace = await TestBrowser.SignedInAsync(clerk);
            using var nobody = await TestBrowser.StartAsync(clerk);
            var seen = new List<string> { LocalClerkDefaults.LinUserId, LocalClerkDefaults.KryptonOrganizationId, LocalClerkDefaults.OperatorsOrganizationId };
            for (var turn = 0; turn < 300 && run < runs.Count; turn++, run++)
            {
                TestBrowser[] browsers = [ada, grace, nobody];
                await TryAsync(browsers[random.Next(browsers.Length)], operations[random.Next(operations.Count)], seen, random, runs);
            }
        }
    }

    private static async Task TryAsync(TestBrowser browser, PublishedOperation operation, List<string> seen, Random random, Counts runs)
    {
        var path = Placeholder.Replace(operation.Path, _ => seen[^random.Next(1, Math.Min(seen.Count, 12) + 1)]);
        path = path.StartsWith("/v1", StringComparison.Ordinal) ? path[3..] : $"/..{path}";
        (string, string)[] form = [.. Fields.Where(_ => random.Next(6) == 0).Select(field => (field, Value(seen, random)))];
        var answer = operation.Method switch
        {
            "GET" => await browser.GetAsync($"{path}?{string.Join('&', form.Select(field => $"{field.Item1}={Uri.EscapeDataString(field.Item2)}"))}"),
            "POST" => await browser.PostAsync(path, form),
            "PATCH" => await browser.PatchAsync(path, form),
            "DELETE" => await browser.DeleteAsync(path),
            _ => await browser.PostAsync($"{path}?_method={operation.Method}", form),
        };

        var asked = $"{operation.Method} {path} {string.Join(' ', form)} {runs}";
        Assert.True(answer.Status < 500, $"{answer.Status}: {asked}");
        Assert.True(answer.Status < 400 || answer.Body.StartsWith('{'), $"{answer.Status} '{answer.Body}': {asked}");
        Assert.True(answer.Status < 400 || answer.Code is not null, asked);
        seen.AddRange(Ids.Matches(answer.Body).Select(match => match.Value).Distinct(StringComparer.Ordinal));
        if (operation.Path == "/v1/client/sign_ins" && answer.Status == 200 && (string?)answer.Json["response"]!["created_session_id"] is { } session)
        {
            browser.SessionId = session;
        }
    }

    private static string Value(List<string> seen, Random random) => random.Next(4) switch
    {
        0 => seen[random.Next(seen.Count)],
        1 when random.Next(20) == 0 => new string('a', 400),
        _ => Texts[random.Next(Texts.Length)],
    };

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder { get; }

    [GeneratedRegex(@"\b(?:sia|sua|sess|idn|orginv|orgmem|org|user|tkt)_[A-Za-z0-9]{5,60}", RegexOptions.None, 1000)]
    private static partial Regex Ids { get; }
}
