namespace Gatehouse.Local.Clerk.Images;

/// <summary>The file of a multipart request.</summary>
/// <param name="ContentType">What its part calls it; null when it says nothing.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record UploadedFile(string? ContentType, byte[] Content);
