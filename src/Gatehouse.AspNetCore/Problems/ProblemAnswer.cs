using System.Text;

namespace Gatehouse.AspNetCore.Problems;

/// <summary>What an endpoint answers in the place of a problem document, for clients that expect another form to the letter.</summary>
public sealed class ProblemAnswer
{
    private ProblemAnswer(int? status, string contentType, string body) =>
        (Status, ContentType, Body) = (status, contentType, Encoding.UTF8.GetBytes(body));

    /// <summary>The status; null for the problem's own.</summary>
    public int? Status { get; }

    /// <summary>The body's media type.</summary>
    public string ContentType { get; }

    internal ReadOnlyMemory<byte> Body { get; }

    /// <summary>A plain text.</summary>
    /// <param name="text">The whole body.</param>
    /// <param name="status">400 to 599; null for the problem's own.</param>
    public static ProblemAnswer Text(string text, int? status = null) => Create("text/plain; charset=utf-8", text, status);

    /// <summary>A JSON document.</summary>
    /// <param name="json">The whole body, as it is sent.</param>
    /// <param name="status">400 to 599; null for the problem's own.</param>
    public static ProblemAnswer Json(string json, int? status = null) => Create("application/json", json, status);

    private static ProblemAnswer Create(string contentType, string body, int? status)
    {
        ArgumentNullException.ThrowIfNull(body);
        return status is null or (>= 400 and <= 599)
            ? new ProblemAnswer(status, contentType, body)
            : throw new ArgumentOutOfRangeException(nameof(status), status, "a refusal's status is 400 to 599");
    }
}
