using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Problems;

/// <summary>How this app words its refusals.</summary>
public sealed class ProblemTextOptions
{
    /// <summary>The member of the problem document that carries the text.</summary>
    /// <value>Default <c>detail</c> (RFC 9457). Clients that came first may expect another, such as <c>error</c>.</value>
    public string TextMember { get; set; } = "detail";

    /// <summary>The text of each status for which an endpoint gives none. Filled with the status phrases.</summary>
    public IDictionary<int, string> Texts { get; } = new Dictionary<int, string>
    {
        [429] = "Rate limit exceeded",
        [500] = "Internal server error",
        [503] = "Service unavailable",
    };

    /// <summary>The text of each code, such as <c>expired</c>, which goes before that of its status.</summary>
    /// <value>Default empty. The codes of refused tokens are those of <see cref="TokenFailures.ToCode"/>.</value>
    public IDictionary<string, string> TextsByCode { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
