using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Styles, scripts and pictures that an assembly carries with it.</summary>
public static class EmbeddedAssetExtensions
{
    /// <summary>Serves an embedded resource, with a tag by which a browser that has it is not sent it again. Open to everybody.</summary>
    /// <param name="routes">The app, or a group.</param>
    /// <param name="path">Where.</param>
    /// <param name="assembly">The assembly that holds it.</param>
    /// <param name="resource">Its logical name. One that is not there throws <see cref="InvalidOperationException"/>.</param>
    /// <param name="contentType">What it is, such as <c>text/css; charset=utf-8</c>.</param>
    public static IEndpointConventionBuilder MapEmbeddedAsset(
        this IEndpointRouteBuilder routes, string path, Assembly assembly, string resource, string contentType)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(assembly);
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} holds no resource {resource}");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        RequestDelegate answer = context => TypedResults.Bytes(bytes, contentType, entityTag: tag).ExecuteAsync(context);
        return routes.MapMethods(path, ["GET", "HEAD"], answer).ExcludeFromDescription();
    }
}
