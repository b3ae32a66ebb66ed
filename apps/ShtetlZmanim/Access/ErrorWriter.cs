using Gatehouse.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace ShtetlZmanim.Access;

/// <summary>Adds the member <c>error</c>, which this API's clients look at, to every refusal, whoever refused.</summary>
internal sealed class ErrorWriter : IProblemDetailsWriter
{
    private const string Member = "error";
    private const string Scheme = "Bearer ";

    /// <summary>Before <c>AddGatehouse</c>: the first writer that can is the one that does.</summary>
    public static void Add(IServiceCollection services) => services.AddSingleton<IProblemDetailsWriter, ErrorWriter>();

    public bool CanWrite(ProblemDetailsContext context) => !context.ProblemDetails.Extensions.ContainsKey(Member);

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions[Member] = ErrorOf(context.HttpContext, problem.Extensions.TryGetValue("code", out var code) ? code as string : null, problem.Status);
        return context.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(context);
    }

    private static string ErrorOf(HttpContext context, string? code, int? status) => status switch
    {
        StatusCodes.Status401Unauthorized when code == TokenFailure.Malformed.ToCode() && !ShowsBearer(context.Request) => TokenTexts.Missing,
        StatusCodes.Status400BadRequest => Refusals.InvalidRequest,
        StatusCodes.Status429TooManyRequests => "Rate limit exceeded",
        _ => TokenTexts.FindError(code) ?? ReasonPhrases.GetReasonPhrase(status ?? context.Response.StatusCode),
    };

    private static bool ShowsBearer(HttpRequest request) =>
        request.Headers.Authorization.Any(header => header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true);
}
