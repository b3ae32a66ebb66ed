using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Gatehouse.Tokens;

namespace Analyzer.Access;

/// <summary>
/// Finds the words for two refusals that clients tell apart and codes do not: another scheme than Bearer, and a token that names no user. The
/// header is looked at for the words alone, after it has been refused; nothing of it is believed.
/// </summary>
internal sealed class HeaderWordsWriter : IProblemDetailsWriter
{
    private const string Scheme = "Bearer ";

    private static readonly string?[] Codes = [TokenFailure.Malformed.ToCode(), TokenFailure.Class.ToCode()];

    /// <summary>Before <c>AddGatehouse</c>: the first writer that can is the one that does.</summary>
    public static void Add(IServiceCollection services) => services.AddSingleton<IProblemDetailsWriter, HeaderWordsWriter>();

    public bool CanWrite(ProblemDetailsContext context) =>
        context.ProblemDetails is { Status: StatusCodes.Status401Unauthorized, Detail: null } problem
        && problem.Extensions.TryGetValue("code", out var code)
        && Codes.Contains(code as string)
        && WordsFor(context.HttpContext.Request) is not null;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        context.ProblemDetails.Detail = WordsFor(context.HttpContext.Request);
        return context.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(context);
    }

    private static string? WordsFor(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header] || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return TokenTexts.NoBearer;
        }

        return NamesNobody(header[Scheme.Length..]) ? TokenTexts.SubjectMissing : null;
    }

    private static bool NamesNobody(string token)
    {
        if (token.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
        {
            return false;
        }

        try
        {
            using var claims = JsonDocument.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(payload)));
            return claims.RootElement.ValueKind == JsonValueKind.Object
                && (!claims.RootElement.TryGetProperty("sub", out var subject)
                    || subject.ValueKind == JsonValueKind.Null
                    || subject.ValueEquals(""));
        }
        catch (Exception strange) when (strange is JsonException or InvalidOperationException)
        {
            return false;   // no claims at all, or a subject that is no text
        }
    }
}
