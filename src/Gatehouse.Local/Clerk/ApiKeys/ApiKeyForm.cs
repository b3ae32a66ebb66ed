using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.ApiKeys;

/// <summary>The members that creating and updating an API key have in common.</summary>
internal sealed partial record ApiKeyForm(
    string? Subject,
    string? Description,
    JsonNode? Claims,
    IReadOnlyList<string>? Scopes,
    int? Seconds)
{
    private const int MaximumDescription = 255;
    private const int TimeoutMilliseconds = 1000;

    public static ApiKeyForm Read(FormReader form)
    {
        var subject = form.GivenText("subject");
        if (subject is not null && !SubjectPattern.IsMatch(subject))
        {
            form.Refuse(ParameterErrors.FormatInvalid("subject", "the id of a user, an organization or a machine"));
        }

        return new ApiKeyForm(
            subject,
            form.Text("description", MaximumDescription),
            form.Anything("claims"),
            form.Texts("scopes"),
            form.Integer("seconds_until_expiration", 0, TokenLifetime.Maximum));
    }

    public static bool IsUserId(string text) => UserPattern.IsMatch(text);

    // Zero is taken for no lifetime at all, as null is.
    public static long? ExpiryOf(int? seconds, long now) => seconds is > 0 and var given ? now + (given * 1000L) : null;

    [GeneratedRegex(@"\A(?:user|org|mch|scim)_\w{27}\z", RegexOptions.CultureInvariant | RegexOptions.ECMAScript, TimeoutMilliseconds)]
    private static partial Regex SubjectPattern { get; }

    [GeneratedRegex(@"\Auser_\w{27}\z", RegexOptions.CultureInvariant | RegexOptions.ECMAScript, TimeoutMilliseconds)]
    private static partial Regex UserPattern { get; }
}
