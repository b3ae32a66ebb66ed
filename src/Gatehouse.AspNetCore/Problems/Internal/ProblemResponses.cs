using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Problems.Internal;

internal static class ProblemResponses
{
    /// <summary>Answers with a problem of this status and code; the text is the app's for that status.</summary>
    public static async Task WriteProblemAsync(this HttpContext context, int status, string code)
    {
        var problem = new ProblemDetailsContext { HttpContext = context };
        problem.ProblemDetails.Status = status;
        problem.ProblemDetails.Extensions[ProblemCodes.Member] = code;
        context.Response.StatusCode = status;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(problem).ConfigureAwait(false);
    }
}
