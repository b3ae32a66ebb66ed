using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Problems.Internal;

/// <summary>Names the refusals of an endpoint that read otherwise: those of a code, or else of a status.</summary>
internal sealed record ProblemAnswerMetadata(string? Code, int? Status, ProblemAnswer Answer)
{
    /// <summary>The endpoint's own answer to a problem; null if it has none.</summary>
    public static ProblemAnswer? Find(HttpContext context, string? code, int status)
    {
        if (context.GetEndpoint()?.Metadata.GetOrderedMetadata<ProblemAnswerMetadata>() is not { Count: > 0 } answers)
        {
            return null;
        }

        var found = answers.LastOrDefault(answer => answer.Code is not null && answer.Code == code)
            ?? answers.LastOrDefault(answer => answer.Status == status);
        return found?.Answer;
    }
}
