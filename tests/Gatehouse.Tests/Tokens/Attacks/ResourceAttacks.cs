using System.Text;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>
/// Texts that are dear to read (RFC 8725, section 3.10 and its successor on limits). What a stranger sends costs next to nothing until its
/// signature has been found good; the floods of key ids are in the tests of <c>ClerkKeySetSource</c>.
/// </summary>
public sealed class ResourceAttacks
{
    private const int Megabyte = 1024 * 1024;

    private readonly Gate _gate = new();

    public static TheoryData<string> Giants => [.. GiantTexts(new TokenForge(new TestClock())).Keys];

    [Theory]
    [MemberData(nameof(Giants))]
    public async Task A_text_of_a_megabyte_is_refused_for_its_length_and_costs_no_memory(string row)
    {
        var text = GiantTexts(_gate.Forge)[row];
        Assert.True(text.Length >= Megabyte);
        Assert.Equal(TokenFailure.TooLarge, await _gate.RefusalAsync(text));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var answer = _gate.VerifyAsync(text);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
        Assert.True(answer.IsCompletedSuccessfully);
    }

    // Depth: 32 levels are read, and not one more; in header and payload, in lists and objects, in what is known and what is not.
    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task Nesting_ends_at_32_levels(string open, string close)
    {
        string Deep(int levels) => string.Concat(Enumerable.Repeat(open, levels)) + "0" + string.Concat(Enumerable.Repeat(close, levels));
        var claims = _gate.Forge.SessionClaims().ToJsonString()[1..^1];
        var header = _gate.Forge.Header().ToJsonString()[1..^1];
        string Token(string inHeader, string inClaims) => _gate.Forge.Sign($"{{{header},{inHeader}}}", $"{{{claims},{inClaims}}}");

        Assert.Null(await _gate.RefusalAsync(Token("\"x\":1", $"\"x\":{Deep(31)}")));
        Assert.Null(await _gate.RefusalAsync(Token($"\"x\":{Deep(31)}", "\"x\":1")));
        foreach (var levels in new[] { 32, 33, 64, 65, 1000, 1500 })
        {
            Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(Token("\"x\":1", $"\"x\":{Deep(levels)}")));
            Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(Token($"\"x\":{Deep(levels)}", "\"x\":1")));
        }

        foreach (var claim in new[] { "act", "o", "aud", "fva", "handshake" })
        {
            Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(Token("\"x\":1", $"\"{claim}\":{Deep(1000)}")));
        }
    }

    [Theory]
    [InlineData("[[[[[[[[[[")]
    [InlineData("{\"a\":{\"a\":{\"a\":")]
    [InlineData("]]]]]]]]]]")]
    public async Task Nesting_that_never_ends_is_refused(string part)
    {
        var deep = string.Concat(Enumerable.Repeat(part, 400))[..4000];
        Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(_gate.Forge.Sign(deep, deep)));
        Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(_gate.Forge.Sign(_gate.Forge.Header().ToJsonString(), deep)));
    }

    // As many members as fit: names that a poor hash would put in one place, and one that comes twice at the very end.
    [Fact]
    public async Task Very_many_members_are_read_and_a_double_one_among_them_is_found()
    {
        var claims = _gate.Forge.SessionClaims().ToJsonString()[1..^1];
        var members = string.Join(',', Enumerable.Range(0, 1000).Select(n => $"\"m{n}\":0"));
        var header = _gate.Forge.Header().ToJsonString();

        Assert.Null(await _gate.RefusalAsync(_gate.Forge.Sign(header, $"{{{claims},{members}}}")));
        Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(_gate.Forge.Sign(header, $"{{{claims},{members},\"m0\":0}}")));
        Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(_gate.Forge.Sign(header, $"{{{claims},{members},\"\\u006d999\":0}}")));
    }

    // RFC 8725's successor: numbers that a reader turns into something else. Where a number is not used it may be any JSON number.
    [Theory]
    [InlineData("1e99999999")]
    [InlineData("-1e99999999")]
    [InlineData("1e-99999999")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890")]
    [InlineData("0.1234567890123456789012345678901234567890")]
    public async Task A_huge_number_is_no_time_no_version_and_no_age_and_harms_nothing_elsewhere(string number)
    {
        var claims = _gate.Forge.SessionClaims();
        foreach (var name in new[] { "exp", "iat", "nbf", "v" })
        {
            Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(With(name, number)));
        }

        Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(With("fva", $"[{number},{number}]")));
        Assert.Null(await _gate.RefusalAsync(With("x", number)));

        string With(string name, string value)
        {
            var rest = claims.DeepClone().AsObject();
            rest.Remove(name);
            return _gate.Forge.Sign(_gate.Forge.Header().ToJsonString(), $"{{{rest.ToJsonString()[1..^1]},\"{name}\":{value}}}");
        }
    }

    // The masks of an organization's permissions are numbers of any length: the dearest that fits must still be quick.
    [Fact]
    public async Task The_longest_permission_masks_that_fit_are_read_in_no_time()
    {
        var features = string.Join(',', Enumerable.Repeat("o:a", 600));
        var names = string.Join(',', Enumerable.Repeat("b", 600));
        var masks = string.Join(',', Enumerable.Repeat("9", 599)) + "," + new string('9', 4000);
        var token = _gate.Forge.Session(claims =>
        {
            claims["fea"] = features;
            claims["o"] = new System.Text.Json.Nodes.JsonObject { ["id"] = "org_a", ["rol"] = "member", ["per"] = names, ["fpm"] = masks };
        });
        var begun = TimeProvider.System.GetTimestamp();
        var claims = await _gate.ClaimsAsync(token);

        Assert.NotEmpty(claims.Organization!.Permissions);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 0, 5);
    }

    // What is forged is not remembered, so a flood of forgeries drives nobody's genuine token out.
    [Fact]
    public async Task A_flood_of_forgeries_leaves_the_genuine_token_where_it_is()
    {
        var verifier = new TokenVerifier([_gate.Forge.Issuer], _gate.Clock, revocations: null, cacheSize: 4);
        var genuine = _gate.Forge.Session();
        var first = await verifier.VerifyAsync(genuine, Gate.Open, CancellationToken.None);
        var tail = genuine[^32..];
        for (var n = 0; n < 1000; n++)
        {
            var forged = $"{Crafted.Part(_gate.Forge.Header())}.{Crafted.Part($"{{\"n\":{n}}}")}.{new string('A', 310)}{tail}";
            Assert.Equal(TokenFailure.Signature, (await verifier.VerifyAsync(forged, Gate.Open, CancellationToken.None)).Failure);
        }

        Assert.Same(first.Claims, (await verifier.VerifyAsync(genuine, Gate.Open, CancellationToken.None)).Claims);
    }

    private static Dictionary<string, string> GiantTexts(TokenForge forge) => new()
    {
        ["letters"] = new string('A', Megabyte),
        ["dots"] = new string('.', Megabyte),
        ["padding"] = new string('=', Megabyte),
        ["a genuine header, and then on and on"] = forge.Session() + new string('A', Megabyte),
        ["genuine, with a claim of a megabyte"] = forge.Session(claims => claims["x"] = new string('x', Megabyte)),
        ["genuine, with a header of a megabyte"] = forge.Session(header: header => header["x"] = new string('x', Megabyte)),
        ["opaque"] = "mt_" + new string('0', Megabyte),
        ["lone surrogates"] = new string('\ud800', Megabyte),
        ["nested"] = Crafted.Part(new StringBuilder().Insert(0, "[", Megabyte).ToString()) + ".AAAA.AAAA",
    };
}
