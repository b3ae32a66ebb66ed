using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Revocations;

/// <summary>Keeps the revocations that operators make, and tells of them in their order. In memory here; a store keeps them for many nodes.</summary>
public interface IRevocationRegister
{
    /// <summary>Revokes. Takes effect in this process before it returns.</summary>
    ValueTask<RevocationRecord> RevokeAsync(RevocationKind kind, string value, string? reason, string? by, CancellationToken cancellationToken);

    /// <summary>Takes a revocation back.</summary>
    /// <returns>Whether there was one.</returns>
    ValueTask<bool> WithdrawAsync(RevocationKind kind, string value, CancellationToken cancellationToken);

    /// <summary>All that holds now.</summary>
    ValueTask<IReadOnlyList<RevocationRecord>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Reads the changes after a cursor, then waits for more. Without one, or with one that is not known here, begins with all that holds.</summary>
    IAsyncEnumerable<RevocationChange> ReadAsync(string? after, CancellationToken cancellationToken);
}
