using Gatehouse.Limits;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.RateLimiting;

/// <summary>A limit, and the path below which requests that reach no endpoint count too.</summary>
/// <param name="Policy">The limit, for each of whom <see cref="By"/> says.</param>
/// <param name="Prefix">
/// Answers of 404 and 405 below it carry the limit's headers and count. It guards nothing: endpoints name their policy themselves.
/// </param>
public sealed record PrefixedLimit(LimitPolicy Policy, PathString Prefix)
{
    internal const TokenClass AllClasses =
        TokenClass.Session | TokenClass.Template | TokenClass.M2M | TokenClass.OAuth | TokenClass.ApiKey;

    /// <summary>Who has a count of its own.</summary>
    /// <value>Default each authenticated subject.</value>
    public LimitBy By { get; init; }

    /// <summary>The classes of tokens whose callers it concerns; others pass it by. Not looked at where addresses count.</summary>
    /// <value>Default all. So machines can have one limit and API keys another at the same endpoint.</value>
    public TokenClass Classes { get; init; } = AllClasses;

    /// <summary>What happens while the store of the counts is away.</summary>
    /// <value>Default to count in this process.</value>
    public LimitWhenAway WhenAway { get; init; }

    /// <summary>What stands before the caller in the count's key, with a colon: <c>m2m</c> makes <c>m2m:mch_…</c>.</summary>
    /// <value>Default null, the policy's name.</value>
    public string? KeyPrefix { get; init; }

    /// <summary>Subjects that are not limited, by their ids.</summary>
    /// <value>Default empty.</value>
    public IReadOnlyList<string> ExemptSubjects { get; init; } = [];

    /// <summary>Application roles that are not limited. While a role cannot be had its bearer is limited.</summary>
    /// <value>Default empty.</value>
    public IReadOnlyList<string> ExemptRoles { get; init; } = [];

    /// <summary>Whether each request under the limit is logged in one line: client, method, route, status and user agent.</summary>
    /// <value>Default no.</value>
    public bool LogUsage { get; init; }
}
