using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Images;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>
/// Fills a template in. A text that begins with <c>@</c> stands for a value: <c>@now</c> with an offset in milliseconds,
/// <c>@id:prefix_</c> for a new id (the same wherever it stands in one sample), <c>@user.…</c>, <c>@organization.…</c>, or a part by name.
/// </summary>
internal sealed class SampleValues(ClerkWorld world, User user, Organization organization)
{
    private const string NewId = "id:";
    private const string Now = "now";

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public JsonNode? Fill(JsonNode? template) => template switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Fill(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Fill)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is ['@', .. var name] => Find(name),
        _ => template?.DeepClone(),
    };

    private JsonNode? Find(string name) => name switch
    {
        _ when name.StartsWith(Now, StringComparison.Ordinal) => world.Clock.NowMilliseconds + Offset(name[Now.Length..]),
        _ when name.StartsWith(NewId, StringComparison.Ordinal) => IdOf(name[NewId.Length..]),
        "instance" => LocalClerkDefaults.InstanceId,
        "user.id" => user.Id,
        "user.first_name" => user.FirstName ?? "",
        "user.last_name" => user.LastName ?? "",
        "user.email" => user.PrimaryEmailAddress?.Address ?? "nobody+clerk_test@example.com",
        "user.email_address_id" => user.PrimaryEmailAddressId,
        "user.image_url" => PictureJson.UrlOf(user),
        "organization.id" => organization.Id,
        "organization.name" => organization.Name,
        "organization.slug" => organization.Slug,
        "organization.image_url" => PictureJson.UrlOf(organization),
        _ => Fill(SampleTemplates.FindPart(name) ?? throw new InvalidOperationException($"samples.json asks for @{name}, which nothing gives.")),
    };

    private string IdOf(string prefix)
    {
        if (!_ids.TryGetValue(prefix, out var id))
        {
            _ids[prefix] = id = world.Ids.Next(prefix);
        }

        return id;
    }

    private static long Offset(string text) => text.Length == 0 ? 0 : long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
