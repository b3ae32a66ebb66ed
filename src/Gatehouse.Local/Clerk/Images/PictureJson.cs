using System.Text.Json;

namespace Gatehouse.Local.Clerk.Images;

/// <summary>Pictures as resources tell them.</summary>
internal static class PictureJson
{
    /// <summary>Where the picture is. What has none is told an address as well, as at Clerk; nothing answers there.</summary>
    public static string UrlOf(IPictured owner) => owner.Picture?.Url ?? $"https://img.{LocalClerkDefaults.FrontendApiHost}/{owner.Id}";

    public static void Write(Utf8JsonWriter json, IPictured owner)
    {
        json.WriteString("image_url", UrlOf(owner));
        json.WriteBoolean("has_image", owner.Picture is not null);
    }

    /// <summary>The same under the older name as well, which people still have.</summary>
    public static void WriteOfProfile(Utf8JsonWriter json, IPictured owner)
    {
        json.WriteString("profile_image_url", UrlOf(owner));
        Write(json, owner);
    }
}
