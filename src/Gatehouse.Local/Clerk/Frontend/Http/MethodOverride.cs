using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>Clerk's browser client sends every change as POST, which browsers ask no leave for, and names the method it means in the query.</summary>
internal static class MethodOverride
{
    private const string Parameter = "_method";

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (HttpMethods.IsPost(request.Method)
            && request.Path.StartsWithSegments(FrontendRoutes.Root, StringComparison.Ordinal)
            && request.Query[Parameter] is [{ } method]
            && (HttpMethods.IsPatch(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method)))
        {
            request.Method = method.ToUpperInvariant();
        }

        return next(context);
    }
}
