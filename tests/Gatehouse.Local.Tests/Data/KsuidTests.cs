using System.Buffers.Binary;
using System.Numerics;
using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Tests.Data;

public sealed class KsuidTests
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    [Fact]
    public void Text_is_the_number_in_base_62_and_gives_its_seconds_back()
    {
        var random = new Random(1);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = new byte[Ksuid.Bytes];
            random.NextBytes(bytes);
            Array.Fill(bytes, (byte)(round % 2 * 255), 0, round % (Ksuid.Bytes + 1));   // zeros and ones at the front, too

            var text = Encode(bytes);

            Assert.Equal(Expected(bytes), text);
            Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(bytes), Ksuid.DecodeSeconds(text));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000000000000000")]
    [InlineData("0000000000000000000000000000")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("00000000000000000000000000-")]
    [InlineData("00000000000000000000000000é")]
    public void Other_texts_are_none(string text) => Assert.Null(Ksuid.DecodeSeconds(text));

    private static string Encode(byte[] bytes)
    {
        Span<char> text = stackalloc char[Ksuid.Length];
        Ksuid.Encode(bytes, text);
        return new string(text);
    }

    private static string Expected(byte[] bytes)
    {
        var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        var text = "";
        for (var digit = 0; digit < Ksuid.Length; digit++)
        {
            text = Digits[(int)(number % 62)] + text;
            number /= 62;
        }

        return text;
    }
}
