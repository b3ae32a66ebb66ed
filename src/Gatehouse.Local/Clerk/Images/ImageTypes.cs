namespace Gatehouse.Local.Clerk.Images;

/// <summary>The types of images that are taken, by how they begin: what is served as an image must be one, whatever it was called.</summary>
internal static class ImageTypes
{
    private const string Gif = "image/gif";
    private const string Jpeg = "image/jpeg";
    private const string Png = "image/png";
    private const string WebP = "image/webp";

    public static IReadOnlyList<string> All { get; } = [Jpeg, Png, Gif, WebP];

    public static string? Of(ReadOnlySpan<byte> content) =>
        content is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] ? Png
        : content is [0xff, 0xd8, 0xff, ..] ? Jpeg
        : content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8) ? Gif
        : content.Length >= 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? WebP
        : null;
}
