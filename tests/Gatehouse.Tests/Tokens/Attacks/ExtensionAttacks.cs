using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>
/// Headers that change what was signed or demand what is not understood: <c>crit</c> (RFC 7515, section 4.1.11), <c>b64</c> (RFC 7797) and
/// <c>zip</c> (RFC 7516, section 4.1.3; RFC 8725, section 3.6). None is understood here, so none is taken, signed or not.
/// </summary>
public sealed class ExtensionAttacks
{
    [Theory]
    [InlineData("""["exp"]""")]
    [InlineData("""["b64"]""")]
    [InlineData("""["alg"]""")]
    [InlineData("""["crit"]""")]
    [InlineData("""["urn:example:unknown"]""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""false""")]
    [InlineData("\"exp\"")]
    [InlineData("""{}""")]
    [InlineData("""0""")]
    public async Task Whatever_is_critical_is_not_understood(string critical)
    {
        var gate = new Gate();
        Assert.Equal(TokenFailure.Type, await gate.RefusalAsync(gate.Forge.Session(header: header => header["crit"] = JsonNode.Parse(critical))));
    }

    [Theory]
    [InlineData("""{"crit":["x"],CLAIMS}""")]
    [InlineData("""{CLAIMS,"crit":["x"]}""")]
    [InlineData("""{CLAIMS,"cr\u0069t":["x"]}""")]
    [InlineData("""{CLAIMS,"\u0063\u0072\u0069\u0074":["x"]}""")]
    [InlineData("""{CLAIMS,"b64":true}""")]
    [InlineData("""{CLAIMS,"b64":false,"crit":["b64"]}""")]
    [InlineData("""{CLAIMS,"b\u00364":false}""")]
    [InlineData("""{CLAIMS,"zip":"DEF"}""")]
    [InlineData("""{CLAIMS,"zip":null}""")]
    [InlineData("""{CLAIMS,"z\u0069p":"GZIP"}""")]
    public async Task An_extension_is_seen_wherever_it_stands_and_however_it_is_written(string header)
    {
        var gate = new Gate();
        var text = header.Replace("CLAIMS", gate.Forge.Header().ToJsonString()[1..^1], StringComparison.Ordinal);
        Assert.Equal(TokenFailure.Type, await gate.RefusalAsync(gate.Forge.Sign(text, gate.Forge.SessionClaims().ToJsonString())));
    }

    // RFC 7797: the payload as it is, unencoded. Whoever ignored the member would read other claims than were signed.
    [Fact]
    public async Task An_unencoded_payload_is_refused()
    {
        var gate = new Gate();
        var header = gate.Forge.Header();
        header["b64"] = false;
        header["crit"] = new JsonArray("b64");
        Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync(gate.Forge.SignParts(Crafted.Part(header), """{"sub":"user_x"}""")));
        Assert.Equal(TokenFailure.Type, await gate.RefusalAsync(gate.Forge.SignParts(Crafted.Part(header), Crafted.Part(gate.Forge.SessionClaims()))));
    }

    [Fact]
    public async Task A_compressed_payload_is_not_inflated()
    {
        var gate = new Gate();
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(Encoding.UTF8.GetBytes(gate.Forge.SessionClaims().ToJsonString()));
        }

        var header = gate.Forge.Header();
        var plain = Encoding.UTF8.GetBytes(header.ToJsonString());
        header["zip"] = "DEF";
        Assert.Equal(TokenFailure.Type, await gate.RefusalAsync(gate.Forge.Sign(Encoding.UTF8.GetBytes(header.ToJsonString()), packed.ToArray())));
        Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync(gate.Forge.Sign(plain, packed.ToArray())));
    }
}
