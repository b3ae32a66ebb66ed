using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Host.Tokens;
using Gatehouse.Host.Tokens.Inspection;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Host.Tests.Tokens;

public sealed class InspectFuzzTests
{
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", "\"", ",", ":", "\\u0000", "\\ud800", "null", "1e999", "-1", "exp", "fva", "sts", "\"o\":{", "\"act\":", "\u001b[2J", "\r\n", "\0", "\u202e", "é", "\u009b"];

    [Fact]
    public async Task Whatever_a_token_holds_can_be_shown()
    {
        var counts = Counts.Of("inspect-fuzz");
        var random = counts.Random();
        var forge = new TokenForge(new TestClock());
        var settings = new GateSettings { Entrance = new Entrance(), At = new TestClock().GetUtcNow() };
        for (var n = 0; n < counts.Count; n++)
        {
            var header = Mangled(forge.Header().ToJsonString(), random);
            var payload = Mangled(forge.SessionClaims().ToJsonString(), random);
            var token = $"{System.Buffers.Text.Base64Url.EncodeToString(header)}.{System.Buffers.Text.Base64Url.EncodeToString(payload)}.AAAA";
            var inspected = await Inspector.InspectAsync(token, keys: null, settings, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(InspectedText.Of(inspected), letter => (char.IsControl(letter) && letter != '\n') || letter is '\u202e');
            Assert.NotNull(JsonNode.Parse(InspectedJson.Of(inspected)));
        }
    }

    private static byte[] Mangled(string json, Random random)
    {
        var text = new StringBuilder(json);
        for (var times = random.Next(4); times > 0; times--)
        {
            var at = random.Next(text.Length);
            text.Remove(at, random.Next(Math.Min(12, text.Length - at))).Insert(at, Pieces[random.Next(Pieces.Length)]);
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (random.Next(8) == 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }
}
