using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gatehouse.Webhooks;

/// <summary>A webhook signing secret: the key that its text encodes. It prints as <c>***</c>.</summary>
/// <remarks>Standard Webhooks, "Signature scheme": the key is the decoded bytes, not the text.</remarks>
public sealed class WebhookSecret
{
    /// <summary>What a symmetric secret may begin with.</summary>
    public const string Prefix = "whsec_";

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>Reads a secret: standard base64, padded or not, with or without <see cref="Prefix"/>.</summary>
    /// <returns>
    /// False for anything else: other prefixes, base64url, white space, and above all an empty key, with which anybody could sign.
    /// </returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        secret = null;
        if (text is null)
        {
            return false;
        }

        var encoded = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        var missing = encoded.Contains('=', StringComparison.Ordinal) ? 0 : (4 - (encoded.Length % 4)) % 4;
        var padded = Encoding.UTF8.GetBytes(encoded + new string('=', missing));
        if (encoded.Any(char.IsWhiteSpace) || !Base64.IsValid(padded, out var length) || length == 0)
        {
            return false;
        }

        secret = new WebhookSecret(Convert.FromBase64String(Encoding.UTF8.GetString(padded)));
        return true;
    }

    /// <summary>Three stars, so that no log and no message tells the secret.</summary>
    public override string ToString() => "***";
}
