using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.Images;

/// <summary>Clerk's refusals about images.</summary>
internal static class ImageErrors
{
    public static ClerkError Missing { get; } = new(
        400, "form_param_missing", "Image file missing", "There was no image file present in the request");

    public static ClerkError TooLarge { get; } = new(
        413, "image_too_large", "Image too large", "The image being uploaded is more than 10MB. Please choose a smaller one.");

    public static ClerkError NotFound { get; } = new(404, "image_not_found", "Image not found", "Image not found");

    public static ClerkError Undecodable { get; } = new(
        400, "request_body_invalid", "Image decode error", "The image could not be decoded: its bytes are not those of a JPEG, PNG, GIF or WebP.");

    public static ClerkError TypeUnsupported(string type) => new(
        400, "request_body_invalid", "Unsupported image type", $"'{type}' images are not currently supported: use one of {string.Join(", ", ImageTypes.All)}.");

    public static ClerkError ContentTypeUnsupported { get; } = new(
        415, "unsupported_content_type", "Content-Type is unsupported", "The Content-Type of this request must be multipart/form-data.");
}
