using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gatehouse.Local.Clerk;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Gatehouse.Host.Local;

/// <summary>Starts a local Clerk, tells how to use it, and runs it until it is ended.</summary>
internal static class LocalServer
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs a local Clerk until it is ended, from outside or by <c>Ctrl+C</c>.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">Its options.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="settings">The local Clerk's settings.</param>
    /// <param name="answer">What is told on standard output, by the address that it listens on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<int> RunAsync(
        ParseResult parsed,
        LocalOptions options,
        ToolEnvironment environment,
        Dictionary<string, string?> settings,
        Func<string, string> answer,
        CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (ProductionKeys.Find(environment) is { } variable)
        {
            await error.WriteLineAsync($"{variable} holds a key of a production instance: unset it, or do without the local Clerk");
            return ExitCodes.Refused;
        }

        if (options.FindMissingFile(parsed) is { } missing)
        {
            await error.WriteLineAsync($"there is no file {missing}");
            return ExitCodes.NotFound;
        }

        try
        {
            await using var app = Build(settings);
            await app.StartAsync(cancellationToken);
            var address = Address(app);
            await output.WriteLineAsync(options.IsJson(parsed) ? Json(address) : answer(address));
            await output.FlushAsync(cancellationToken);
            await error.WriteLineAsync($"This is not Clerk: a stand-in with published keys, for development. Control page: {address}/_local. Ctrl+C ends it.");
            await app.WaitForShutdownAsync(cancellationToken);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        catch (Exception refused) when (refused is InvalidOperationException or IOException or InvalidDataException)
        {
            await error.WriteLineAsync(refused.Message);
            return ExitCodes.Refused;
        }
    }

    private static WebApplication Build(Dictionary<string, string?> settings) => LocalClerk.Build(
        ["--environment", Environments.Development],
        configuration => configuration.AddInMemoryCollection(settings),
        services =>
        {
            // Standard output is the answer and nothing else.
            services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
            services.AddLogging(logging => logging
                .AddFilter("Microsoft.Hosting", LogLevel.Warning)
                .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None));   // what stops the start is told in one line below
        });

    // localhost rather than a number, as the contract of ports has it; a free port is had on one address only, and told as that.
    private static string Address(WebApplication app) => app.Urls.First().Replace("[::1]", "localhost", StringComparison.Ordinal);

    private static string Json(string address) => JsonSerializer.Serialize(
        new { url = address, control = $"{address}/_local", environment = new Dictionary<string, string>(ClientVariables.Of(address), StringComparer.Ordinal) },
        Plain);
}
