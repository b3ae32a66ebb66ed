namespace Gatehouse.Local.Tests;

/// <summary>The smallest pictures of each type that is taken.</summary>
public static class Pictures
{
    /// <summary>One pixel.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    /// <summary>One pixel.</summary>
    public static byte[] Gif { get; } = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    /// <summary>One pixel.</summary>
    public static byte[] WebP { get; } = Convert.FromBase64String("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=");

    /// <summary>A beginning only: nothing here looks farther.</summary>
    public static byte[] Jpeg { get; } = [0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, .. "JFIF"u8];
}
