using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Gatehouse.Tokens.Internal;

namespace Gatehouse.Tests.Tokens;

public sealed class FuzzTests
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    [Fact]
    [Proves("G29", "G38")]
    public async Task A_genuine_token_with_any_one_character_changed_is_refused()
    {
        var runs = Counts.Of("token-flips");
        var random = runs.Random();
        var gate = new Gate();
        foreach (var token in new[] { gate.Forge.Session(), gate.Forge.Template(), gate.Forge.M2M(), gate.Forge.OAuth() })
        {
            for (var at = 0; at < token.Length; at++)
            {
                for (var times = 0; times < runs.Count; times++)
                {
                    var letter = times == 0 ? Letters[(Letters.IndexOf(token[at], StringComparison.Ordinal) + 1) % 64] : (char)random.Next(0x250);
                    var changed = token[..at] + letter + token[(at + 1)..];
                    Assert.True(await gate.RefusalAsync(changed) is not null == (changed != token), $"{at} {letter} {runs}");
                }
            }
        }
    }

    [Fact]
    public async Task A_genuine_token_with_a_character_more_or_less_or_two_exchanged_is_refused()
    {
        var gate = new Gate();
        var token = gate.Forge.Session();
        for (var at = 0; at < token.Length; at++)
        {
            Assert.NotNull(await gate.RefusalAsync(token.Remove(at, 1)));
            Assert.NotNull(await gate.RefusalAsync(token.Insert(at, "A")));
            if (at > 0 && token[at] != token[at - 1])
            {
                Assert.NotNull(await gate.RefusalAsync($"{token[..(at - 1)]}{token[at]}{token[at - 1]}{token[(at + 1)..]}"));
            }
        }

        Assert.NotNull(await gate.RefusalAsync(token + "A"));
        Assert.NotNull(await gate.RefusalAsync(token + token));
    }

    [Fact]
    public void Any_text_is_answered_with_a_reason()
    {
        var runs = Counts.Of("token-texts");
        var gate = new Gate();
        var parts = Gen.Elements("", ".", "eyJhbGciOiJSUzI1NiJ9", gate.Forge.Session(), "mt_", "ak_", "=", "\n", "é", "A", "\ud800");
        var texts = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Where(text => text is not null),
            parts.ListOf().Select(string.Concat).Where(text => text != gate.Forge.Session()));

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(runs.Count).WithReplay((ulong)runs.Seed, 1),
            Prop.ForAll(texts.ToArbitrary(), text => Refused(gate, text)));
    }

    [Fact]
    public void What_is_read_of_damaged_claims_is_what_a_strict_reader_reads()
    {
        var runs = Counts.Of("token-claims-fuzz");
        var random = runs.Random();
        var forge = new TokenForge(new TestClock());
        var header = new JoseHeader(forge.KeyId, HeaderAlgorithm.RS256, HeaderType.Jwt, HeaderCategory.Absent);
        byte[][] seeds = [.. new[] { forge.SessionClaims(), forge.TemplateClaims(), forge.M2MClaims() }.Select(claims => JsonSerializer.SerializeToUtf8Bytes(claims))];
        var admitted = 0;

        for (var n = 0; n < runs.Count; n++)
        {
            var payload = Mutation.Of(seeds[n % seeds.Length], random);
            var result = ClaimsReader.Read(new TokenPayload(payload), header, forge.Issuer);
            if (!result.Succeeded)
            {
                Assert.True(result.Failure is TokenFailure.Malformed or TokenFailure.Class);
                continue;
            }

            admitted++;
            AssertReadStrictly(result.Claims, payload, $"case {n} of {runs}: {Encoding.UTF8.GetString(payload)}");
        }

        Assert.InRange(admitted, runs.Count / 100, runs.Count);
    }

    [Fact]
    public void Damaged_headers_are_read_strictly_or_not_at_all()
    {
        var runs = Counts.Of("token-headers-fuzz");
        var random = runs.Random();
        var seed = JsonSerializer.SerializeToUtf8Bytes(new TokenForge(new TestClock()).Header());
        for (var n = 0; n < runs.Count; n++)
        {
            var header = Mutation.Of(seed, random);
            if (JoseHeader.Read(header) is { } read)
            {
                using var strict = Strict(header, $"case {n} of {runs}: {Encoding.UTF8.GetString(header)}");
                Assert.Equal(strict.RootElement.TryGetProperty("kid", out var kid) ? kid.GetString() : "", read.KeyId);
                Assert.Equal(
                    strict.RootElement.TryGetProperty("alg", out var alg) ? alg.GetString() == "RS256" : (bool?)null,
                    read.Algorithm == HeaderAlgorithm.Absent ? null : read.Algorithm == HeaderAlgorithm.RS256);
            }
        }
    }

    [Fact]
    public async Task Damaged_tokens_that_are_properly_signed_throw_nothing_and_enter_only_alive_and_with_a_subject()
    {
        var runs = Counts.Of("token-signed-fuzz");
        var random = runs.Random();
        var gate = new Gate();
        var header = JsonSerializer.SerializeToUtf8Bytes(gate.Forge.Header());
        var claims = JsonSerializer.SerializeToUtf8Bytes(gate.Forge.SessionClaims());
        for (var n = 0; n < runs.Count; n++)
        {
            var token = gate.Forge.Sign(n % 4 == 0 ? Mutation.Of(header, random) : header, n % 4 == 0 ? claims : Mutation.Of(claims, random));
            var result = await gate.VerifyAsync(token);
            Assert.True(
                !result.Succeeded || (result.Claims.Subject.StartsWith("user_", StringComparison.Ordinal) && result.Claims.ExpiresAt > gate.Clock.GetUtcNow().AddSeconds(-5)),
                $"case {n} of {runs}: {token}");
        }
    }

    [Fact]
    public void Damaged_key_sets_are_read_or_are_none()
    {
        var runs = Counts.Of("token-keys-fuzz");
        var random = runs.Random();
        var seed = Encoding.UTF8.GetBytes(new TokenForge(new TestClock()).Jwks);
        var read = 0;
        for (var n = 0; n < runs.Count; n++)
        {
            read += KeySet.Parse(Mutation.Of(seed, random)) is null ? 0 : 1;
        }

        Assert.InRange(read, 1, runs.Count - 1);
    }

    private static bool Refused(Gate gate, string text)
    {
        var answer = gate.RefusalAsync(text);
        return answer.IsCompletedSuccessfully && answer.Result is { } failure && Enum.IsDefined(failure) && failure != TokenFailure.Unverified;
    }

    private static void AssertReadStrictly(TokenClaims claims, byte[] payload, string what)
    {
        using var strict = Strict(payload, what);
        var root = strict.RootElement;
        Assert.True(claims.Subject == (root.TryGetProperty("sub", out var subject) ? subject.GetString() : ""), what);
        Assert.True(claims.Subject.Length > 0 || claims.Class == TokenClass.Handshake, what);
        Assert.True(claims.ExpiresAt.ToUnixTimeSeconds() == root.GetProperty("exp").GetInt64(), what);
        Assert.True(claims.Issuer == (root.TryGetProperty("iss", out var issuer) ? issuer.GetString() : ""), what);
        Assert.True(claims.SessionId == (root.TryGetProperty("sid", out var session) ? session.GetString() : null), what);

        // A machine chooses these itself, so they are not read.
        var isMachine = claims.Class == TokenClass.M2M;
        Assert.True(claims.AuthorizedParty == (!isMachine && root.TryGetProperty("azp", out var party) ? party.GetString() : null), what);
        Assert.True(claims.IsImpersonated == (!isMachine && root.TryGetProperty("act", out var actor) && actor.ValueKind != JsonValueKind.Null), what);
        foreach (var member in root.EnumerateObject().Where(member => member.Name.Length > 0))
        {
            Assert.True(claims.FindText(member.Name) == (member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null), what);
        }
    }

    private static JsonDocument Strict(byte[] json, string what)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 32 });
        }
        catch (JsonException)
        {
            Assert.Fail(what);
            throw;
        }
    }
}
