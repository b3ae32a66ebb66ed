using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gatehouse.Local.Clerk.Images;

/// <summary>Where pages get the pictures from, as they do from Clerk's image host: without a key, and never another under the same address.</summary>
internal sealed class ImageRoute(ClerkWorld world, AnswerWriter writer)
{
    public const string Prefix = "/images";

    public void Map(IEndpointRouteBuilder routes) => routes.MapMethods($"{Prefix}/{{image_id}}", ["GET", "HEAD"], ShowAsync);

    private Task ShowAsync(HttpContext context)
    {
        Image? image;
        lock (world.Gate)
        {
            image = world.Data.Images.Find((string)context.Request.RouteValues["image_id"]!);
        }

        return image is null ? writer.RefuseAsync(context, ImageErrors.NotFound) : WriteAsync(context, image);
    }

    private static async Task WriteAsync(HttpContext context, Image image)
    {
        var response = context.Response;
        (response.ContentType, response.ContentLength) = (image.Type, image.Content.Length);
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await response.Body.WriteAsync(image.Content, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
