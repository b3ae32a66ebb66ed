using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Passwords;
using Gatehouse.Local.Tests.Frontend;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Passwords;

/// <summary>Users who come with the digests of another system sign in with their passwords.</summary>
[Proves("A8")]
public sealed class ImportedPasswordTests
{
    private const string Password = "correct horse é";

    /// <summary>
    /// Digests of the same password, each made by another program: Python's hashlib, libcrypt, and for Argon2 and Firebase those of their
    /// authors, of passwords of theirs.
    /// </summary>
    public static TheoryData<string, string, string> Digests => new()
    {
        { "md5", "99d4eaa3c4a60dc3228acb823b8924be", Password },
        { "md5_salted", "pepper$25ccb8d8aabea7418c6651751a8c3801", Password },
        { "sha256", "7675923c7befcb5b8a69672a998c26693ea7c37c6722d34c2bffaa04cedca8f4", Password },
        { "sha256_salted", "pep$per$0339d340e6a7d353b6d3cf106ab92a6e9f889beccbeb15015b8ba9bafc275b26", Password },
        { "ldap_ssha", "{SSHA}xlhten4Md/YT2nnyAWAZPmLCalhzYWx0c2FsdA==", Password },
        { "sha512_symfony", "sha512_symfony$5000$s4lt$oa+Ld8VkLKSXC1pqHT8S3VZDwZEXy9DuODM8cVuMVak+EjFBe/KNthl1BgCiqI7K084cH0SLkAo6VQUBHTYXXQ==", Password },
        { "pbkdf2_sha1", "pbkdf2_sha1$1000$saltsalt$b5e34df6e7163f76702543c81eb1d959c2b21361242d33928e5f6bf0045cb3a0", Password },
        { "pbkdf2_sha1", "pbkdf2_sha1$1000$5A6B$55e0c798da97858f71ab29de28b84621c77b3391$20", Password },
        { "pbkdf2_sha256", "pbkdf2_sha256$1000$c2FsdCBvZiBieXRlcw==$bHTqngAgLJepFvOa4vt+KBv38FdNonBINTXnBFndVlo=", Password },
        { "pbkdf2_sha256_django", "pbkdf2_sha256$1000$Qx1y$zt592xdanic+GpSx27f60l7EvsEWOFpfZVIl7SdIUoY=", Password },
        { "pbkdf2_sha512", "pbkdf2_sha512$1000$Qx1y$9fbbc39404570ce83679ff6c0f87292d019cbe8edf2fce71dbf28fb6d34376f6771830302692af721f39656953c60f5c922d2352fd6070bec3401d5a8c3b979c", Password },
        { "pbkdf2_sha512_hex", "pbkdf2_sha512_hex$1000$00ff10$e71e5bc9782d913b0628af8272053b6efa4a30f213afd1a2191334d0ac55413d1364d05752ddaeb8ef2f678291ae7b0bbd041641cbd053b73c24836ac0a5b496", Password },
        { "phpass", "$P$9abcdEFGHv4ctP5Q36cgYFcJlt8sfg0", Password },
        { "md5_phpass", "$P$9abcdEFGHUbNdaR3GK.LhztYo8PIMU.", Password },
        { "bcrypt", "$2b$05$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK", Password },
        { "bcrypt_peppered", "$2a$05$abcdefghijklmnopqrstuu2i7e1XVg9O0sfv92wFbKfEl9ohY09r6$pepper$x", Password },
        { "bcrypt_sha256_django", "bcrypt_sha256$$2b$05$abcdefghijklmnopqrstuu2h1uHPxvmsHiuhnOfX4o0pEvyFWymbe", Password },
        { "scrypt_werkzeug", "scrypt:4096:8:1$Qx1y$f847bae43f7c8168f118be6a996b0b3acd8b631b440d14af9b4eabd31230e0c5a1e65a4a91ddf9b53681334353a2d2767a2208c7405aee6268b1a8214fa571c4", Password },
        { "scrypt_werkzeug", "$scrypt:1024:8:2$Qx1y$4iiIPKJ/p4bQp5ZQpg8vjrA+AubaZojul1SVZE2f5gmwr46ZoeGMUtO7r2rFAfWTdFjQDeTXeNEK2q5OsKI0Qw==", Password },
        { "argon2i", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA", "password" },
        { "argon2i", "$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHQ$T/XOJ2mh1/TIpJHfCdQan76Q5esCFVoT5MAeIM1Oq2E", "password" },
        { "argon2id", "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", "password" },
        { "argon2id", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "password" },
        {
            "scrypt_firebase",
            "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$42xEC+ixf3L2lw==$"
            + "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$14",
            "user1password"
        },
    };

    public static TheoryData<string, string> Faults => new()
    {
        { "argon2i", "$argon2id$v=19$m=64,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU" },
        { "argon2id", "$argon2id$v=16$m=64,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU" },
        { "argon2id", "$argon2id$v=19$m=63,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU" },
        { "argon2id", "$argon2id$v=19$m=99999999999,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU" },
        { "bcrypt", "$2b$05$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJL" },
        { "bcrypt", "$2x$05$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK" },
        { "bcrypt", "$2b$03$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK" },
        { "bcrypt", "$2b$32$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK" },
        { "bcrypt", "$2b$05$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK\n" },
        { "bcrypt_peppered", "$2b$05$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK" },
        { "bcrypt_sha256_django", "$2b$05$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK" },
        { "ldap_ssha", "xlhten4Md/YT2nnyAWAZPmLCalhzYWx0c2FsdA==" },
        { "ldap_ssha", "{SSHA}c2FsdA==" },
        { "ldap_ssha", "{SSHA}xlhten4Md/YT2nnyAWAZPmLCalhz YWx0c2FsdA==" },
        { "md5", "5f4dcc3b5aa765d61d8327deb882cf9" },
        { "md5", "5f4dcc3b5aa765d61d8327deb882cf9g" },
        { "md5_phpass", "5f4dcc3b5aa765d61d8327deb882cf99" },
        { "md5_salted", "5f4dcc3b5aa765d61d8327deb882cf99" },
        { "pbkdf2_sha1", "pbkdf2_sha1$1000$5A6B$55e0c798da97858f71ab29de28b84621c77b3391" },
        { "pbkdf2_sha1", "pbkdf2_sha1$0$5A6B$55e0c798da97858f71ab29de28b84621c77b3391$20" },
        { "pbkdf2_sha256", "pbkdf2_sha256$1000$c2F*$bHTqngAgLJepFvOa4vt+KBv38FdNonBINTXnBFndVlo=" },
        { "pbkdf2_sha256_django", "pbkdf2_sha256$-1$Qx1y$zt592xdanic+GpSx27f60l7EvsEWOFpfZVIl7SdIUoY=" },
        { "pbkdf2_sha512", "pbkdf2_sha256$1000$Qx1y$00" },
        { "pbkdf2_sha512_hex", "pbkdf2_sha512_hex$1000$salt$00" },
        { "phpass", "$P$9abcdEFGHv4ctP5Q36cgYFcJlt8sfg" },
        { "phpass", "$P$zabcdEFGHv4ctP5Q36cgYFcJlt8sfg0" },
        { "phpass", "$S$9abcdEFGHv4ctP5Q36cgYFcJlt8sfg0" },
        { "scrypt_firebase", "hash$salt" },
        { "scrypt_firebase", "AAAA$AAAA$AAAA$AAAA$8$25" },
        { "scrypt_werkzeug", "scrypt:1000:8:1$Qx1y$00" },
        { "scrypt_werkzeug", "pbkdf2:sha256:1000$Qx1y$00" },
        { "sha256", "5f4dcc3b5aa765d61d8327deb882cf99" },
        { "sha256_salted", "salt$5f4dcc3b5aa765d61d8327deb882cf99" },
        { "sha512_symfony", "sha512_symfony$5000$s4lt$AAAA" },
    };

    [Theory]
    [MemberData(nameof(Digests))]
    public async Task User_with_a_digest_signs_in_with_the_password_and_no_other(string hasher, string digest, string password)
    {
        await using var clerk = await RunningClerk.StartAsync();
        var user = await CreateAsync(clerk, hasher, digest);
        Assert.Equal((200, true), (user.Status, (bool)user.Json["password_enabled"]!));
        using var browser = await TestBrowser.StartAsync(clerk);

        var wrong = await VerifyAsync(clerk, user.Text("id"), password + " ");
        var right = await browser.PostAsync("/client/sign_ins", ("identifier", "new@example.com"), ("password", password));

        Assert.Equal((422, "incorrect_password"), (wrong.Status, wrong.Code));
        Assert.Equal("complete", (string?)right.Json["response"]!["status"]);
        Assert.Equal(200, (await VerifyAsync(clerk, user.Text("id"), password)).Status);
        Assert.Equal(422, (await VerifyAsync(clerk, user.Text("id"), password + " ")).Status);
    }

    [Fact]
    public async Task Digest_takes_the_place_of_a_password_and_survives_a_snapshot()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var id = (await clerk.PostAsync("/v1/users", new JsonObject { ["password"] = "the old password" })).Text("id");
        clerk.Clock.AdvanceSeconds(60);

        var changed = await clerk.SendAsync(
            HttpMethod.Patch, $"/v1/users/{id}", new JsonObject { ["password_hasher"] = "md5", ["password_digest"] = "5F4DCC3B5AA765D61D8327DEB882CF99" });
        var snapshot = (await clerk.PostAsync("/_local/snapshots")).Text("id");
        await clerk.PostAsync("/_local/reset");
        await clerk.PostAsync($"/_local/snapshots/{snapshot}/restore");

        Assert.Equal(changed.Number("updated_at"), changed.Number("password_last_updated_at"));
        Assert.Equal(422, (await VerifyAsync(clerk, id, "the old password")).Status);
        Assert.Equal(200, (await VerifyAsync(clerk, id, "password")).Status);
        Assert.Equal(changed.Number("updated_at"), (await clerk.GetAsync($"/v1/users/{id}")).Number("password_last_updated_at"));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Digest_in_another_form_is_refused(string hasher, string digest)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await CreateAsync(clerk, hasher, digest);

        Assert.Equal((422, "form_password_digest_invalid_code", "password_digest"), (answer.Status, answer.Code, answer.Parameter));
        Assert.Contains($"not in the form of {hasher}", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Digests))]
    public void Digest_with_a_letter_too_many_too_few_or_of_another_kind_is_read_or_refused(string hasher, string digest, string password)
    {
        Assert.NotEmpty(password);
        for (var index = 0; index < digest.Length; index++)
        {
            foreach (var letter in (string[])["", "$", "9", "99999999999", "-", " ", "é", "\0", ":", "{"])
            {
                _ = PasswordHashers.Read(hasher, digest[..index] + letter + digest[(index + 1)..])?.IsAffordable;
            }

            _ = PasswordHashers.Read(hasher, digest[..index])?.IsAffordable;
        }
    }

    [Theory]
    [InlineData("bcrypt", "$2b$31$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK")]
    [InlineData("phpass", "$P$SabcdEFGHv4ctP5Q36cgYFcJlt8sfg0")]
    [InlineData("pbkdf2_sha256_django", "pbkdf2_sha256$2000000000$Qx1y$zt592xdanic+GpSx27f60l7EvsEWOFpfZVIl7SdIUoY=")]
    [InlineData("sha512_symfony", "sha512_symfony$2000000000$s4lt$oa+Ld8VkLKSXC1pqHT8S3VZDwZEXy9DuODM8cVuMVak+EjFBe/KNthl1BgCiqI7K084cH0SLkAo6VQUBHTYXXQ==")]
    [InlineData("argon2id", "$argon2id$v=19$m=2000000000,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU")]
    [InlineData("argon2id", "$argon2id$v=19$m=64,t=2000000000,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU")]
    [InlineData(
        "scrypt_werkzeug",
        "$scrypt:16777216:1024:1$Qx1y$4iiIPKJ/p4bQp5ZQpg8vjrA+AubaZojul1SVZE2f5gmwr46ZoeGMUtO7r2rFAfWTdFjQDeTXeNEK2q5OsKI0Qw==")]
    public async Task Digest_that_would_take_too_much_to_compare_is_refused(string hasher, string digest)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await CreateAsync(clerk, hasher, digest);

        Assert.Equal((422, "form_password_digest_invalid_code", "password_digest"), (answer.Status, answer.Code, answer.Parameter));
        Assert.Contains("lower cost", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"password_digest":"5f4dcc3b5aa765d61d8327deb882cf99"}""", "form_conditional_param_missing", "password_hasher")]
    [InlineData("""{"password_hasher":"md5"}""", "form_conditional_param_missing", "password_digest")]
    [InlineData("""{"password_hasher":"md5","password_digest":"5f4dcc3b5aa765d61d8327deb882cf99","password":"a long enough one"}""",
        "form_conditional_param_disallowed", "password_digest")]
    [InlineData("""{"password_hasher":"rot13","password_digest":"x"}""", "form_param_value_invalid", "password_hasher")]
    [InlineData("""{"password_hasher":"awscognito","password_digest":"awscognito#pool#client#mary"}""", "form_param_value_invalid", "password_hasher")]
    [InlineData("""{"password_hasher":"md5","password_digest":7}""", "form_param_type_invalid", "password_digest")]
    public async Task What_cannot_be_verified_is_refused(string body, string code, string parameter)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.PostAsync("/v1/users", JsonNode.Parse(body));

        Assert.Equal((422, code, parameter), (answer.Status, answer.Code, answer.Parameter));
    }

    [Fact]
    public void Every_hasher_is_tried() => Assert.Equal(
        PasswordHashers.Names,
        Digests.Select(row => row.Data.Item1).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static Task<Answer> CreateAsync(RunningClerk clerk, string hasher, string digest) => clerk.PostAsync(
        "/v1/users",
        new JsonObject { ["email_address"] = new JsonArray("new@example.com"), ["password_hasher"] = hasher, ["password_digest"] = digest });

    private static Task<Answer> VerifyAsync(RunningClerk clerk, string id, string password) =>
        clerk.PostAsync($"/v1/users/{id}/verify_password", new JsonObject { ["password"] = password });
}
