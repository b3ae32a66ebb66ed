using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Problems.Internal;

internal static class ProblemResponses
{
    /// <summary>Answers with a problem of this status and code; the text is the app's for that status.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="code">The code.</param>
    /// <param name="member">A further member's name and value; null for none.</param>
    public static async Task WriteProblemAsync(this HttpContext context, int status, string code, (string Name, object Value)? member = null)
    {
        var problem = new ProblemDetailsContext { HttpContext = context };
        problem.ProblemDetails.Status = status;
        problem.ProblemDetails.Extensions[ProblemCodes.Member] = code;
        if (member is { } further)
        {
            problem.ProblemDetails.Extensions[further.Name] = further.Value;
        }

        context.Response.StatusCode = status;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(problem).ConfigureAwait(false);
    }
}
