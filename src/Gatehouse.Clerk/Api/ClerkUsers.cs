using System.Runtime.CompilerServices;
using Gatehouse.Clerk.Api.Internal;

namespace Gatehouse.Clerk.Api;

/// <summary>The users of the instance. Every call needs the instance's secret key and fails with <see cref="ClerkApiException"/>.</summary>
public sealed class ClerkUsers
{
    private readonly ClerkTransport _clerk;

    internal ClerkUsers(ClerkTransport clerk) => _clerk = clerk;

    /// <summary>Reads a user.</summary>
    public Task<ClerkUser> GetAsync(string userId, CancellationToken cancellationToken) =>
        _clerk.GetAsync(Path(userId), _clerk.InstanceSecret, ClerkJson.Default.ClerkUser, cancellationToken);

    /// <summary>Lists users, oldest first, page by page as the caller goes on. Users who come or go meanwhile shift nothing.</summary>
    /// <param name="filter">Which; null for all.</param>
    /// <param name="pageSize">How many a call brings: 1 to 500.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public async IAsyncEnumerable<ClerkUser> ListAsync(
        UserFilter? filter = null,
        int pageSize = ClerkTransport.PageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, ClerkTransport.PageSize);
        string? last = null;
        while (true)
        {
            var query = Query(filter).Add("order_by", "created_at").Add("limit", pageSize).Add("starting_after", last);
            var page = await _clerk
                .GetAsync($"v1/users{query}", _clerk.InstanceSecret, ClerkJson.Default.Users, cancellationToken)
                .ConfigureAwait(false);
            foreach (var user in page)
            {
                yield return user;
            }

            if (page.Count < pageSize)
            {
                yield break;
            }

            last = page[^1].Id;
        }
    }

    /// <summary>Counts users.</summary>
    public async Task<int> CountAsync(UserFilter? filter, CancellationToken cancellationToken)
    {
        var count = await _clerk
            .GetAsync($"v1/users/count{Query(filter)}", _clerk.InstanceSecret, ClerkJson.Default.Count, cancellationToken)
            .ConfigureAwait(false);
        return count.TotalCount;
    }

    /// <summary>Creates a user.</summary>
    public Task<ClerkUser> CreateAsync(CreateUserRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(HttpMethod.Post, "v1/users", ClerkTransport.Body(request, ClerkJson.Default.CreateUserRequest), cancellationToken);
    }

    /// <summary>Changes a user's own fields.</summary>
    public Task<ClerkUser> UpdateAsync(string userId, UpdateUserRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(
            HttpMethod.Patch, Path(userId), ClerkTransport.Body(request, ClerkJson.Default.UpdateUserRequest), cancellationToken);
    }

    /// <summary>Merges metadata into what is there; a key whose value is null is removed.</summary>
    public Task<ClerkUser> MergeMetadataAsync(string userId, MetadataChange change, CancellationToken cancellationToken) =>
        ChangeMetadataAsync(HttpMethod.Patch, userId, change, cancellationToken);

    /// <summary>Puts each given metadata in place of what is there.</summary>
    public Task<ClerkUser> ReplaceMetadataAsync(string userId, MetadataChange change, CancellationToken cancellationToken) =>
        ChangeMetadataAsync(HttpMethod.Put, userId, change, cancellationToken);

    /// <summary>Bans a user: all sessions end, and no new one begins.</summary>
    public Task<ClerkUser> BanAsync(string userId, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"{Path(userId)}/ban", null, cancellationToken);

    /// <summary>Ends a ban.</summary>
    public Task<ClerkUser> UnbanAsync(string userId, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"{Path(userId)}/unban", null, cancellationToken);

    /// <summary>Locks a user out of signing in for a while.</summary>
    public Task<ClerkUser> LockAsync(string userId, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"{Path(userId)}/lock", null, cancellationToken);

    /// <summary>Ends a lock.</summary>
    public Task<ClerkUser> UnlockAsync(string userId, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"{Path(userId)}/unlock", null, cancellationToken);

    /// <summary>Deletes a user, for good.</summary>
    public Task DeleteAsync(string userId, CancellationToken cancellationToken) =>
        _clerk.SendAsync(HttpMethod.Delete, Path(userId), _clerk.InstanceSecret, cancellationToken);

    private static string Path(string userId) => $"v1/users/{ClerkTransport.Segment(userId)}";

    private static QueryText Query(UserFilter? filter)
    {
        filter ??= new UserFilter();
        return new QueryText()
            .Add("email_address", filter.EmailAddresses)
            .Add("user_id", filter.UserIds)
            .Add("external_id", filter.ExternalIds)
            .Add("organization_id", filter.OrganizationIds)
            .Add("query", filter.Query)
            .Add("banned", filter.Banned)
            .Add("created_at_after", filter.CreatedAfter)
            .Add("created_at_before", filter.CreatedBefore);
    }

    private Task<ClerkUser> ChangeMetadataAsync(
        HttpMethod method,
        string userId,
        MetadataChange change,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return SendAsync(
            method, $"{Path(userId)}/metadata", ClerkTransport.Body(change, ClerkJson.Default.MetadataChange), cancellationToken);
    }

    private Task<ClerkUser> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken) =>
        _clerk.SendAsync(method, path, _clerk.InstanceSecret, body, ClerkJson.Default.ClerkUser, cancellationToken);
}
