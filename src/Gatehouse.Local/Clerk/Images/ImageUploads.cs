using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Images;

/// <summary>Taking pictures that are uploaded, and keeping each for the one who has it.</summary>
internal static class ImageUploads
{
    /// <summary>Gives a request's file to its owner as a picture. Not null when it was refused: then everything is as it was.</summary>
    public static ClerkAnswer? Refuse(ClerkWorld world, ClerkCall call, IPictured owner)
    {
        call.Form.Accept("file");   // as a text it is no file, and missing
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (Refusal(call.File) is { } refusal)
        {
            return refusal;
        }

        var content = call.File!.Content;
        Give(world, call, owner, ImageTypes.Of(content)!, content);
        return null;
    }

    /// <summary>Whoever is said to have uploaded a logo must be somebody. Null when they are, or nobody is named.</summary>
    public static ClerkAnswer? RefuseUploader(ClerkWorld world, ClerkCall call) =>
        call.Form.Text("uploader_user_id") is { Length: > 0 } id && world.Data.Users.Find(id) is null ? ClerkErrors.NotFound("user", id) : null;

    /// <summary>Takes its picture from an owner. Not null when that was refused.</summary>
    public static ClerkAnswer? RefuseRemoval(ClerkWorld world, ClerkCall call, IPictured owner)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (owner.Picture is null)
        {
            return ImageErrors.NotFound;
        }

        Remove(world, owner);
        return null;
    }

    /// <summary>Gives an owner a copy of an image that is there already.</summary>
    public static void Copy(ClerkWorld world, ClerkCall call, IPictured owner, Image image) =>
        Give(world, call, owner, image.Type, image.Content);

    /// <summary>Forgets the picture of an owner, if there is one.</summary>
    public static void Remove(ClerkWorld world, IPictured owner)
    {
        if (owner.Picture is { } picture)
        {
            world.Data.Images.Remove(picture.ImageId);
            owner.Picture = null;
        }
    }

    private static void Give(ClerkWorld world, ClerkCall call, IPictured owner, string type, byte[] content)
    {
        Remove(world, owner);
        var image = new Image(world.Ids.Next("img_"), type, content);
        world.Data.Images.Add(image);
        owner.Picture = new Picture(image.Id, $"{call.Address}{ImageRoute.Prefix}/{image.Id}");
    }

    private static ClerkError? Refusal(UploadedFile? file) => file switch
    {
        null => ImageErrors.Missing,
        { Content.Length: > Image.MostBytes } => ImageErrors.TooLarge,
        _ when ImageTypes.Of(file.Content) is not null => null,
        { ContentType: { } type } when !ImageTypes.All.Contains(type, StringComparer.OrdinalIgnoreCase) => ImageErrors.TypeUnsupported(type),
        _ => ImageErrors.Undecodable,
    };
}
