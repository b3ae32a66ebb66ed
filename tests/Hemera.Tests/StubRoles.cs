using Gatehouse.AspNetCore.Authorization;

namespace Hemera.Tests;

/// <summary>Clerk's public metadata, which a test can take away.</summary>
internal sealed class StubRoles : IUserRoleSource
{
    private int _calls;

    public Dictionary<string, string?> Known { get; } = [];

    public bool IsAway { get; set; }

    public int Calls => _calls;

    public Task<string?> FindRoleAsync(string userId, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return IsAway ? throw new HttpRequestException("no answer") : Task.FromResult(Known.GetValueOrDefault(userId));
    }
}
