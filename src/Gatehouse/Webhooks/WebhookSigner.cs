using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Webhooks;

/// <summary>Signs webhooks as Standard Webhooks and Svix do: HMAC-SHA256 over id, time and the body's bytes.</summary>
public static class WebhookSigner
{
    /// <summary>The version of the one scheme that is signed with here.</summary>
    public const string Version = "v1";

    /// <summary>One entry of the signature header, <c>v1,</c> and the signature in padded base64.</summary>
    /// <param name="secret">The key.</param>
    /// <param name="id">The message's id. One without a dot, or two messages could sign the same bytes.</param>
    /// <param name="timestamp">The time of the attempt, in unix seconds.</param>
    /// <param name="body">The body, exactly as it is sent.</param>
    public static string Sign(WebhookSecret secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentException.ThrowIfNullOrEmpty(id);

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Key);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hash.AppendData(body);
        return $"{Version},{Convert.ToBase64String(hash.GetHashAndReset())}";
    }

    /// <summary>The signature header's value while a secret is being rotated: an entry for each secret that is still valid.</summary>
    /// <param name="secrets">The keys, newest first, as Svix orders them. At least one.</param>
    /// <param name="id">The message's id. One without a dot, or two messages could sign the same bytes.</param>
    /// <param name="timestamp">The time of the attempt, in unix seconds.</param>
    /// <param name="body">The body, exactly as it is sent.</param>
    public static string Sign(IReadOnlyList<WebhookSecret> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (secrets.Count == 0)
        {
            throw new ArgumentException("Signing takes at least one secret.", nameof(secrets));
        }

        var entries = new string[secrets.Count];
        for (var index = 0; index < entries.Length; index++)
        {
            entries[index] = Sign(secrets[index], id, timestamp, body);
        }

        return string.Join(' ', entries);
    }
}
