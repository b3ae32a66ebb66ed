using System.Globalization;
using System.Security.Cryptography;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>Reading the texts that digests are exported as. Null stands for what is none.</summary>
internal static class DigestText
{
    public static byte[]? Hex(string text)
    {
        var bytes = new byte[text.Length / 2];
        return text.Length % 2 == 0
            && Convert.FromHexString(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == bytes.Length
            ? bytes
            : null;
    }

    /// <summary>Base64 with its padding or without, as both are exported.</summary>
    public static byte[]? Base64(string text)
    {
        var bare = text.TrimEnd('=');
        var padded = bare.PadRight((bare.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return !bare.Any(char.IsWhiteSpace) && Convert.TryFromBase64String(padded, bytes, out var written) ? bytes[..written] : null;
    }

    /// <summary>A whole number above zero.</summary>
    public static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    public static bool AreEqual(byte[] left, byte[] right) => CryptographicOperations.FixedTimeEquals(left, right);
}
