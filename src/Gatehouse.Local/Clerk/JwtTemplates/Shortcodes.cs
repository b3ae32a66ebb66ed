using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Images;

namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>The values of shortcodes. An unknown one is null, as at Clerk. No secret or private metadata can be reached.</summary>
internal static class Shortcodes
{
    public static JsonNode? Resolve(string path, ShortcodeContext context) =>
        (path.Split('.', 2) switch
        {
            ["user", var rest] => OfUser(rest, context),
            ["org", var rest] => OfOrganization(rest, context),
            ["org_membership", var rest] => OfMembership(rest, context),
            ["session", "actor"] => context.Actor,
            _ => null,   // session.reverification_id among them: sessions here have none
        })?.DeepClone();

    private static JsonNode? OfUser(string path, ShortcodeContext context)
    {
        var user = context.User;
        return path switch
        {
            "id" => user.Id,
            "external_id" => user.ExternalId,
            "first_name" => user.FirstName,
            "last_name" => user.LastName,
            "full_name" => user.FullName,
            "username" => user.Username,
            "image_url" => PictureJson.UrlOf(user),
            "has_image" => user.Picture is not null,
            "primary_email_address" => user.PrimaryEmailAddress?.Address,
            "primary_web3_wallet" => user.PrimaryWeb3Wallet?.Address,
            "primary_phone_number" => user.PrimaryPhoneNumber?.Number,
            "email_verified" => user.PrimaryEmailAddress?.Verified ?? false,
            "phone_number_verified" => user.PrimaryPhoneNumber?.Verified ?? false,
            "two_factor_enabled" => user.HasSecondFactor,
            "created_at" => user.CreatedAt / 1000,   // seconds in tokens, milliseconds in the API
            "updated_at" => user.UpdatedAt / 1000,
            "organizations" => new JsonObject(context.Memberships.Select(
                held => KeyValuePair.Create(held.OrganizationId, (JsonNode?)held.Role.Key))),
            _ => Within("public_metadata", path, user.PublicMetadata) ?? Within("unsafe_metadata", path, user.UnsafeMetadata),
        };
    }

    private static JsonNode? OfOrganization(string path, ShortcodeContext context) => context.Organization is not { } organization
        ? null
        : path switch
        {
            "id" => organization.Id,
            "name" => organization.Name,
            "slug" => organization.Slug,
            "role" => context.Membership?.Role.Key,
            "image_url" => PictureJson.UrlOf(organization),
            "has_image" => organization.Picture is not null,
            _ => Within("public_metadata", path, organization.PublicMetadata),
        };

    private static JsonNode? OfMembership(string path, ShortcodeContext context) => context.Membership is not { } membership
        ? null
        : path switch
        {
            "role" => membership.Role.Key,
            _ => Within("public_metadata", path, membership.PublicMetadata),
        };

    private static JsonNode? Within(string root, string path, JsonObject value)
    {
        var parts = path.Split('.');
        if (parts[0] != root)
        {
            return null;
        }

        JsonNode? found = value;
        foreach (var part in parts.AsSpan(1))
        {
            found = (found as JsonObject)?[part];
        }

        return found;
    }
}
