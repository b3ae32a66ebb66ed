namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>Which policies refused a request, for its problem details.</summary>
internal sealed class LimitRefusal
{
    /// <summary>IANA's registered problem type (draft-ietf-httpapi-ratelimit-headers).</summary>
    public const string ProblemType = "https://iana.org/assignments/http-problem-types#quota-exceeded";

    public List<string> Policies { get; } = [];
}
