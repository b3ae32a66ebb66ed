using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>
/// One token in two texts (RFC 4648, section 3.5; RFC 7515, sections 2 and 7.1): where a decoder overlooks padding, white space or
/// left-over bits, what was refused or counted under one text returns under another. RFC 8725's successor adds the serializations that are
/// not compact.
/// </summary>
public sealed class EncodingAttacks
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public static TheoryData<string> Intruders =>
    [
        "=", "==", " ", "\n", "\r\n", "\t", "\0", "+", "/", "%2E", "%3D", "~", "\u200B", "\uFEFF", "Ａ", "а", "\ud800", "*", ",", ";", "\"", "\\",
    ];

    // All 64 letters at each end: exactly one of them is the canonical one.
    [Fact]
    public async Task Only_one_last_letter_of_each_part_is_taken()
    {
        var gate = new Gate();
        for (var pad = 0; pad < 3; pad++)
        {
            var header = gate.Forge.Header().ToJsonString() + new string(' ', pad);
            var payload = gate.Forge.SessionClaims().ToJsonString() + new string(' ', pad);
            foreach (var (token, end) in Ends(gate.Forge.Sign(header, payload)))
            {
                var taken = 0;
                foreach (var letter in Letters)
                {
                    var text = token[..end] + letter + token[(end + 1)..];
                    taken += await gate.RefusalAsync(text) is null ? 1 : 0;
                }

                Assert.Equal(1, taken);
            }
        }
    }

    // The same, but signed over the very text: the signature is good, and only the spelling is wrong.
    [Fact]
    public async Task Left_over_bits_are_refused_even_where_they_are_signed()
    {
        var gate = new Gate();
        for (var pad = 0; pad < 3; pad++)
        {
            var header = Crafted.Part(gate.Forge.Header().ToJsonString() + new string(' ', pad));
            var payload = Crafted.Part(gate.Forge.SessionClaims().ToJsonString() + new string(' ', pad));
            var genuine = gate.Forge.SignParts(header, payload);
            Assert.Null(await gate.RefusalAsync(genuine));
            foreach (var text in Spellings(header))
            {
                Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync(gate.Forge.SignParts(text, payload)));
            }

            foreach (var text in Spellings(payload))
            {
                Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync(gate.Forge.SignParts(header, text)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Intruders))]
    public async Task A_letter_that_is_not_of_the_alphabet_is_refused_wherever_it_stands(string intruder)
    {
        var gate = new Gate();
        var token = gate.Forge.Session();
        var dots = new[] { token.IndexOf('.', StringComparison.Ordinal), token.LastIndexOf('.') };
        foreach (var at in new[] { 0, 1, dots[0], dots[0] + 1, dots[0] + 7, dots[1], dots[1] + 1, token.Length - 1, token.Length })
        {
            Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync(token.Insert(at, intruder)));
        }
    }

    [Fact]
    public async Task Standard_base64_is_another_alphabet()
    {
        var gate = new Gate();
        var token = gate.Forge.Session(claims => claims["x"] = "~~~???ÿÿÿ>>>");
        for (var n = 0; !token.Contains('-', StringComparison.Ordinal) || !token.Contains('_', StringComparison.Ordinal); n++)
        {
            var id = $"{n}";
            token = gate.Forge.Session(claims => claims["jti"] = id);
        }

        Assert.Null(await gate.RefusalAsync(token));
        Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync(token.Replace('-', '+')));
        Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync(token.Replace('_', '/')));
        Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync(Uri.EscapeDataString(token) + "%20"));
    }

    // RFC 7515, section 7.2: the JSON serializations carry the same parts and are not taken where the compact one is expected.
    [Fact]
    public async Task The_other_serializations_are_no_tokens()
    {
        var gate = new Gate();
        var parts = gate.Forge.Session().Split('.');
        var flattened = new JsonObject { ["protected"] = parts[0], ["payload"] = parts[1], ["signature"] = parts[2] };
        var general = new JsonObject
        {
            ["payload"] = parts[1],
            ["signatures"] = new JsonArray(new JsonObject { ["protected"] = parts[0], ["signature"] = parts[2] }),
        };

        foreach (var text in new[] { flattened.ToJsonString(), general.ToJsonString(), $"[{flattened.ToJsonString()}]", $"{parts[0]}..{parts[2]}" })
        {
            Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync(text));
        }

        // JSON whose dots make it three parts.
        Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync($$"""{"{{parts[0]}}.{{parts[1]}}.{{parts[2]}}":1}"""));
    }

    // RFC 7515, appendix F: a detached payload is for those who agreed on it.
    [Fact]
    public async Task A_detached_payload_is_no_payload()
    {
        var gate = new Gate();
        var header = Crafted.Part(gate.Forge.Header());
        Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync(gate.Forge.SignParts(header, "")));
        Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync($"{header}..{Crafted.LastPart(gate.Forge.Session())}"));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-7")]
    public async Task Claims_in_another_encoding_than_UTF8_are_no_claims(string encoding)
    {
        var gate = new Gate();
        var text = gate.Forge.SessionClaims().ToJsonString();
        var bytes = encoding == "utf-7" ? "+AHsAfQ-"u8.ToArray() : Encoding.GetEncoding(encoding).GetBytes(text);
        byte[] marked = [.. encoding == "utf-7" ? [] : Encoding.GetEncoding(encoding).GetPreamble(), .. bytes];

        foreach (var payload in new[] { bytes, marked })
        {
            Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync(gate.Forge.Sign(Encoding.UTF8.GetBytes(gate.Forge.Header().ToJsonString()), payload)));
        }
    }

    private static IEnumerable<(string Token, int End)> Ends(string token)
    {
        yield return (token, token.IndexOf('.', StringComparison.Ordinal) - 1);
        yield return (token, token.LastIndexOf('.') - 1);
        yield return (token, token.Length - 1);
    }

    // Other texts of the same bytes, for a decoder that is easy about it.
    private static IEnumerable<string> Spellings(string part)
    {
        var bytes = Base64Url.DecodeFromChars(part);
        yield return part + new string('=', (4 - (part.Length % 4)) % 4) + (part.Length % 4 == 0 ? "=" : "");
        yield return part.Insert(4, "\n");
        yield return part + "A";
        var last = Letters.IndexOf(part[^1], StringComparison.Ordinal);
        for (var other = last + 1; other < Letters.Length && (other >> (part.Length % 4 == 2 ? 4 : 2)) == (last >> (part.Length % 4 == 2 ? 4 : 2)) && bytes.Length % 3 != 0; other++)
        {
            yield return part[..^1] + Letters[other];
        }
    }
}
