using Gatehouse.AspNetCore.Authorization;
using Gatehouse.Clerk.Api;

namespace Gatehouse.AspNetCore.Tests;

/// <summary>The directory of roles, which a test can take away.</summary>
internal sealed class StubRoles : IUserRoleSource
{
    private int _calls;

    public Dictionary<string, string?> Known { get; } = [];

    public bool IsAway { get; set; }

    /// <summary>A user about whom the directory, which is there, refuses to answer.</summary>
    public string? Rejected { get; set; }

    public int Calls => _calls;

    public Task<string?> FindRoleAsync(string userId, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (userId == Rejected)
        {
            throw new ClerkApiException("Clerk answered GET /v1/users with 422", ClerkFailure.Rejected);
        }

        return IsAway ? throw new HttpRequestException("no answer") : Task.FromResult(Known.GetValueOrDefault(userId));
    }
}
