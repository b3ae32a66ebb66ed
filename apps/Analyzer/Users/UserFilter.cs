using Gatehouse.AspNetCore.Authentication;
using Gatehouse.Sqlite;
using Microsoft.Data.Sqlite;

namespace Analyzer.Users;

/// <summary>Makes the user of a verified token before the endpoint runs. A caller that is no person has nothing here.</summary>
internal sealed partial class UserFilter(UserStore users, ILogger<UserFilter> logger) : IEndpointFilter
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.User is not ClerkPrincipal { UserId: { } userId })
        {
            return Refusals.Of(StatusCodes.Status403Forbidden, Refusals.NotAuthorized);
        }

        try
        {
            if (await users.EnsureAsync(userId, http.RequestAborted))
            {
                Log.UserCreated(logger, userId);
            }
        }
        catch (SqliteException away) when (away.IsUnavailable())
        {
            // Not 401, whatever this service's first form answered: a client would throw away a token that is good.
            Log.UserUnavailable(logger, userId, away.Message);
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Refusals.Of(StatusCodes.Status503ServiceUnavailable, Refusals.DatabaseUnavailable);
        }

        return await next(context);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.UserCreated, LogLevel.Information, "{UserId} called for the first time")]
        public static partial void UserCreated(ILogger logger, string userId);

        [LoggerMessage(EventIds.UserUnavailable, LogLevel.Warning, "Failed to look up {UserId}: the database cannot serve just now ({Reason})")]
        public static partial void UserUnavailable(ILogger logger, string userId, string reason);
    }
}
