using System.Text;

namespace Gatehouse.Tests.Tokens;

/// <summary>Damages JSON text in the ways in which parsers disagree.</summary>
internal static class Mutation
{
    private static readonly string[] Splices =
    [
        ",\"act\":null", ",\"act\":{\"sub\":\"user_x\"}", ",\"exp\":1e400", ",\"exp\":99999999999", ",\"sub\":null", ",\"sub\":\"user_x\"",
        ",\"x\":1,\"x\":2", ",\"x\":{\"y\":1,\"y\":2}", ",\"o\":{\"id\":null,\"id\":\"org_x\"}", ",\"o\":{\"id\":\"org_x\",\"rol\":\"admin\"}",
        ",\"v\":2", ",\"fea\":\"o:a\"", ",\"org_id\":null", ",\"scopes\":\"mch_x\"", ",\"scp\":[]", ",\"aud\":[\"a\"]", ",\"pla\":\"u:x\"",
        ",\"sts\":\"active\"", ",\"handshake\":[]", ",\"fva\":[0,0]", ",\"s\\u0075b\":\"user_y\"", ",\"role\":\"admin\"", "\\ud800", "\\u0000",
        "[[[[[[[[", "]]]]]]]]", "{\"a\":", "}", ",", ":", "\"", "\\", "null", "1e400", "-0", "0.5", "//", "/**/", " ", "\t", "\uFEFF", "\0", "😀",
    ];

    public static byte[] Of(byte[] json, Random random)
    {
        var bytes = json.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            Change(bytes, random);
        }

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = random.Next(1, 12);
        var cut = Math.Min(length, bytes.Count - at);
        switch (random.Next(7))
        {
            case 0:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]));
                break;
            case 1:
                // Where a member may stand, so that it often stays JSON.
                bytes.InsertRange(Math.Max(0, bytes.LastIndexOf((byte)'}')), Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]));
                break;
            case 2:
                bytes.RemoveRange(at, cut);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, cut));
                break;
            case 4 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 5 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            default:
                bytes.InsertRange(at, Enumerable.Range(0, length).Select(_ => (byte)random.Next(256)));
                break;
        }
    }
}
