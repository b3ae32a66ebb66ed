using Gatehouse.Clerk.Api.Internal;

namespace Gatehouse.Clerk.Api;

/// <summary>The instance's machines. Every call needs the instance's secret key.</summary>
public sealed class ClerkMachines
{
    private readonly ClerkTransport _clerk;

    internal ClerkMachines(ClerkTransport clerk) => _clerk = clerk;

    /// <summary>Reads a machine.</summary>
    public Task<Machine> GetAsync(string machineId, CancellationToken cancellationToken) =>
        _clerk.GetAsync(Path(machineId), _clerk.InstanceSecret, ClerkJson.Default.Machine, cancellationToken);

    /// <summary>Lists machines.</summary>
    /// <param name="query">Part of a name or id; null for all.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public IAsyncEnumerable<Machine> ListAsync(string? query = null, CancellationToken cancellationToken = default) =>
        Paging.WalkAsync((offset, stop) => PageAsync(query, offset, stop), cancellationToken);

    /// <summary>Creates a machine. Its secret key stands in this answer.</summary>
    public Task<Machine> CreateAsync(MachineRequest request, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "v1/machines", request, cancellationToken);

    /// <summary>Changes a machine's name or default lifetime.</summary>
    public Task<Machine> UpdateAsync(string machineId, MachineRequest request, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, Path(machineId), request, cancellationToken);

    /// <summary>Deletes a machine.</summary>
    public Task DeleteAsync(string machineId, CancellationToken cancellationToken) =>
        _clerk.SendAsync(HttpMethod.Delete, Path(machineId), _clerk.InstanceSecret, cancellationToken);

    /// <summary>Reads a machine's secret key.</summary>
    public async Task<string> GetSecretKeyAsync(string machineId, CancellationToken cancellationToken) =>
        SecretOf(await _clerk
            .GetAsync($"{Path(machineId)}/secret_key", _clerk.InstanceSecret, ClerkJson.Default.MachineSecret, cancellationToken)
            .ConfigureAwait(false));

    /// <summary>Gives a machine a new secret key.</summary>
    /// <param name="machineId">The machine.</param>
    /// <param name="previousLife">How long the old key stays good, in whole seconds: 0 to 8 hours.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<string> RotateSecretKeyAsync(string machineId, TimeSpan previousLife, CancellationToken cancellationToken)
    {
        var body = ClerkTransport.Body(
            new Wire.RotateMachineSecret((long)previousLife.TotalSeconds), ClerkJson.Default.RotateMachineSecret);
        var path = $"{Path(machineId)}/secret_key/rotate";
        return SecretOf(await _clerk
            .SendAsync(HttpMethod.Post, path, _clerk.InstanceSecret, body, ClerkJson.Default.MachineSecret, cancellationToken)
            .ConfigureAwait(false));
    }

    /// <summary>Makes a machine's future tokens good for another one.</summary>
    public Task AddScopeAsync(string machineId, string toMachineId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(toMachineId);
        var body = ClerkTransport.Body(new Wire.AddMachineScope(toMachineId), ClerkJson.Default.AddMachineScope);
        return _clerk.SendAsync(
            HttpMethod.Post, $"{Path(machineId)}/scopes", _clerk.InstanceSecret, body, ClerkJson.Default.JsonElement, cancellationToken);
    }

    /// <summary>Takes that back. Tokens that were minted before keep it.</summary>
    public Task RemoveScopeAsync(string machineId, string toMachineId, CancellationToken cancellationToken) =>
        _clerk.SendAsync(
            HttpMethod.Delete,
            $"{Path(machineId)}/scopes/{ClerkTransport.Segment(toMachineId)}",
            _clerk.InstanceSecret,
            cancellationToken);

    private static string Path(string machineId) => $"v1/machines/{ClerkTransport.Segment(machineId)}";

    private static string SecretOf(Wire.MachineSecret answer) =>
        answer.Secret ?? throw new ClerkApiException("Clerk's answer holds no secret key", ClerkFailure.Unavailable);

    private async Task<(IReadOnlyList<Machine> Items, int Total)> PageAsync(
        string? query,
        int offset,
        CancellationToken cancellationToken)
    {
        var text = new QueryText().Add("query", query).Add("limit", ClerkTransport.PageSize).Add("offset", offset);
        var page = await _clerk
            .GetAsync($"v1/machines{text}", _clerk.InstanceSecret, ClerkJson.Default.MachinePage, cancellationToken)
            .ConfigureAwait(false);
        return (page.Data ?? [], page.TotalCount);
    }

    private Task<Machine> SendAsync(HttpMethod method, string path, MachineRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = ClerkTransport.Body(request, ClerkJson.Default.MachineRequest);
        return _clerk.SendAsync(method, path, _clerk.InstanceSecret, body, ClerkJson.Default.Machine, cancellationToken);
    }
}
