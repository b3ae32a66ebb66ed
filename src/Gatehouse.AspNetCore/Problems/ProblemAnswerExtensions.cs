using Gatehouse.AspNetCore.Problems;
using Gatehouse.AspNetCore.Problems.Internal;

namespace Microsoft.AspNetCore.Builder;

/// <summary>How single endpoints word their refusals.</summary>
public static class ProblemAnswerExtensions
{
    /// <summary>Answers a problem of this code in the endpoint's own words. A code goes before a status, and what is said last before what was said first.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="code">The problem's <c>code</c>, such as <c>upstream-unavailable</c>.</param>
    /// <param name="answer">What is sent in place of the problem document. Its headers, such as the challenge of a 401, stay.</param>
    public static TBuilder WithProblemAnswer<TBuilder>(this TBuilder builder, string code, ProblemAnswer answer)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(code);
        ArgumentNullException.ThrowIfNull(answer);
        return builder.WithMetadata(new ProblemAnswerMetadata(code, Status: null, answer));
    }

    /// <summary>Answers every problem of this status in the endpoint's own words, but those whose code has an answer.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="status">The problem's status.</param>
    /// <param name="answer">What is sent in place of the problem document. Its headers, such as the challenge of a 401, stay.</param>
    public static TBuilder WithProblemAnswer<TBuilder>(this TBuilder builder, int status, ProblemAnswer answer)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(answer);
        return builder.WithMetadata(new ProblemAnswerMetadata(Code: null, status, answer));
    }
}
