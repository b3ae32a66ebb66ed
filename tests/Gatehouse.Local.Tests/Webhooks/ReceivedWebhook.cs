using System.Text;
using System.Text.Json.Nodes;

namespace Gatehouse.Local.Tests.Webhooks;

/// <summary>A webhook as it arrived.</summary>
public sealed record ReceivedWebhook(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["svix-id"];

    public long Timestamp => long.Parse(Headers["svix-timestamp"], System.Globalization.CultureInfo.InvariantCulture);

    public string Signature => Headers["svix-signature"];

    public JsonNode Json => JsonNode.Parse(Encoding.UTF8.GetString(Body))!;

    public string Type => (string)Json["type"]!;
}
