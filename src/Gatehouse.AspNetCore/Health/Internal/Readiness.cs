using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Health.Internal;

/// <summary>Asks every registered health check, and logs when the outcome changes. The framework's own service would log each asking as an error.</summary>
internal sealed partial class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly IServiceScopeFactory _scopes;
    private readonly HealthCheckRegistration[] _checks;
    private readonly ILogger<Readiness> _logger;
    private string _last = "";

    private Readiness(IServiceScopeFactory scopes, HealthCheckRegistration[] checks, ILogger<Readiness> logger) =>
        (_scopes, _checks, _logger) = (scopes, checks, logger);

    public static Readiness Of(IServiceProvider services) => new(
        services.GetRequiredService<IServiceScopeFactory>(),
        [.. services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations],
        services.GetRequiredService<ILogger<Readiness>>());

    /// <returns>A code for each check that is not content, in the order of their registration.</returns>
    public async Task<IReadOnlyList<string>> FindReasonsAsync(CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(_checks.Select(check => AskAsync(check, cancellationToken))).ConfigureAwait(false);
        string[] reasons = [.. found.OfType<string>()];
        Note(string.Join(", ", reasons));
        return reasons;
    }

    private async Task<string?> AskAsync(HealthCheckRegistration check, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(check.Timeout == Timeout.InfiniteTimeSpan ? Patience : check.Timeout);
        var scope = _scopes.CreateAsyncScope();
        await using var disposal = scope.ConfigureAwait(false);
        try
        {
            var context = new HealthCheckContext { Registration = check };
            var result = await check.Factory(scope.ServiceProvider)
                .CheckHealthAsync(context, patience.Token)
                .WaitAsync(patience.Token)
                .ConfigureAwait(false);
            return result.Status == HealthStatus.Healthy ? null : CodeOf(check, result);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A check that fails says that its subject is not well; it is logged with its cause.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.CheckFailed(_logger, check.Name, failure);
            return check.Name;
        }
    }

    private static string CodeOf(HealthCheckRegistration check, HealthCheckResult result) =>
        result is { Exception: null, Description: { } description } && IsCode(description) ? description : check.Name;

    private void Note(string reasons)
    {
        var before = Interlocked.Exchange(ref _last, reasons);
        if (before == reasons)
        {
            return;
        }

        if (reasons.Length == 0)
        {
            Log.ReadyAgain(_logger);
        }
        else
        {
            Log.Unready(_logger, reasons);
        }
    }

    private static bool IsCode(string text) => text.Length is > 0 and <= 64 && !text.AsSpan().ContainsAnyExcept(CodeCharacters);

    private static partial class Log
    {
        [LoggerMessage(EventIds.Unready, LogLevel.Warning, "Not ready: {Reasons}")]
        public static partial void Unready(ILogger logger, string reasons);

        [LoggerMessage(EventIds.ReadyAgain, LogLevel.Information, "Ready again")]
        public static partial void ReadyAgain(ILogger logger);

        [LoggerMessage(EventIds.HealthCheckFailed, LogLevel.Error, "The health check {Name} failed")]
        public static partial void CheckFailed(ILogger logger, string name, Exception failure);
    }
}
