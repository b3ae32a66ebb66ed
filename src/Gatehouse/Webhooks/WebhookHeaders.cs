namespace Gatehouse.Webhooks;

/// <summary>The headers that carry a webhook's id, time and signature.</summary>
/// <remarks>Svix sends one family in a delivery, its own by default; Clerk's helper reads only Svix's names.</remarks>
public static class WebhookHeaders
{
    /// <summary>Svix's name for the message's id, which is the same on every retry.</summary>
    public const string SvixId = "svix-id";

    /// <summary>Svix's name for the time of this attempt, in unix seconds.</summary>
    public const string SvixTimestamp = "svix-timestamp";

    /// <summary>Svix's name for the signatures: entries of <c>version,base64</c>, a space between them.</summary>
    public const string SvixSignature = "svix-signature";

    /// <summary>The name that Standard Webhooks gives to <see cref="SvixId"/>.</summary>
    public const string StandardId = "webhook-id";

    /// <summary>The name that Standard Webhooks gives to <see cref="SvixTimestamp"/>.</summary>
    public const string StandardTimestamp = "webhook-timestamp";

    /// <summary>The name that Standard Webhooks gives to <see cref="SvixSignature"/>.</summary>
    public const string StandardSignature = "webhook-signature";
}
