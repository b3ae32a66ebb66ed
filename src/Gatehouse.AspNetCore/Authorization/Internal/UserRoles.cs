using Gatehouse.Clerk.Api;
using Gatehouse.Internal;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>
/// The roles of one instance's people, remembered: one call to Clerk for any number of requests of one user, and through an outage of Clerk
/// the last known role. Who was never seen has no last known role, and gets no answer rather than a wrong one.
/// </summary>
internal sealed partial class UserRoles : IDisposable
{
    private const int MaximumUsers = 100_000;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaximumUsers });
    private readonly SingleFlight<string, Known> _flights = new();
    private readonly IUserRoleSource _source;
    private readonly AccessOptions _options;
    private readonly TimeProvider _time;
    private readonly RoleOutage _outage;
    private readonly ILogger<UserRoles> _logger;

    public UserRoles(IUserRoleSource source, IOptions<AccessOptions> options, TimeProvider time, ILogger<UserRoles> logger)
    {
        (_source, _options, _time, _logger) = (source, options.Value, time, logger);
        _outage = new RoleOutage(time, logger);
    }

    public async ValueTask<RoleAnswer> FindAsync(string userId, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(userId))
        {
            return RoleAnswer.Of(null);
        }

        if (!_cache.TryGetValue(userId, out Known? known) || known!.AskAgainAt <= _time.GetUtcNow())
        {
            known = await _flights.RunAsync(userId, AskAsync, cancellationToken).ConfigureAwait(false);
        }

        return known.ServesUntil > _time.GetUtcNow() ? RoleAnswer.Of(known.Role) : RoleAnswer.Unknown;
    }

    public void Dispose() => _cache.Dispose();

    private async Task<Known> AskAsync(string userId)
    {
        var last = _cache.TryGetValue(userId, out Known? known) ? known! : Known.Nothing;
        if (!_outage.MayAsk())
        {
            return last;
        }

        try
        {
            // Bounded by the client's own timeouts: the flight belongs to all who wait for it.
            var role = await _source.FindRoleAsync(userId, CancellationToken.None).ConfigureAwait(false);
            _outage.Ended();
            var fresh = _time.GetUtcNow() + _options.RoleCacheDuration;
            return Remember(userId, new Known(role, fresh, fresh + _options.RoleOutageTolerance));
        }
#pragma warning disable CA1031 // Whatever the source failed of, the answer is that nobody knows; it is logged here with its cause.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Note(userId, failure);
            return Remember(userId, last with { AskAgainAt = _time.GetUtcNow() + RoleOutage.Pause });
        }
    }

    // Who is refused for something about one user is there, and must not be kept from the others.
    private void Note(string userId, Exception failure)
    {
        if (failure is ClerkApiException { Failure: ClerkFailure.Rejected })
        {
            _outage.Ended();
            Log.RoleLookupFailed(_logger, userId, failure);
        }
        else
        {
            _outage.Began(userId, failure);
        }
    }

    private Known Remember(string userId, Known known) =>
        _cache.Set(userId, known, new MemoryCacheEntryOptions
        {
            Size = 1,
            AbsoluteExpirationRelativeToNow = _options.RoleCacheDuration + _options.RoleOutageTolerance + RoleOutage.Pause,
        });

    private sealed record Known(string? Role, DateTimeOffset AskAgainAt, DateTimeOffset ServesUntil)
    {
        public static Known Nothing { get; } = new(null, DateTimeOffset.MinValue, DateTimeOffset.MinValue);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RoleLookupFailed, LogLevel.Error, "Failed to get user role: {UserId}")]
        public static partial void RoleLookupFailed(ILogger logger, string userId, Exception failure);
    }
}
