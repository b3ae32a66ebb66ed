using ShtetlZmanim.Access;

namespace ShtetlZmanim.Usage;

/// <summary>Counts each caller's calls below a prefix. The outermost middleware, so that it sees what is answered in the end.</summary>
internal sealed class UsageMiddleware(RequestDelegate next, UsageBook book)
{
    public const string Prefix = "/api/v1/external";

    public async Task InvokeAsync(HttpContext context)
    {
        var isExternal = context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase);
        try
        {
            await next(context);
        }
        finally
        {
            if (isExternal && context.UsageKey() is { } caller)
            {
                book.Count(caller, context.Response.StatusCode == StatusCodes.Status429TooManyRequests);
            }
        }
    }
}
