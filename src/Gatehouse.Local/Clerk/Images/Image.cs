namespace Gatehouse.Local.Clerk.Images;

/// <summary>A picture as it was uploaded.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Type">What its bytes are.</param>
/// <param name="Content">Those bytes.</param>
internal sealed record Image(string Id, string Type, byte[] Content)
{
    /// <summary>The largest that is taken, in bytes, as at Clerk.</summary>
    public const int MostBytes = 10 * 1024 * 1024;
}
