using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Gatehouse.Host.Serve;

/// <summary><c>gatehouse serve</c>: the server, until Ctrl+C.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var url = new Option<string?>("--url") { Description = $"Where to listen; default {GatehouseHost.DefaultUrl}, or the setting urls" };
        var command = new Command("serve", "Run the Gatehouse server until Ctrl+C: operators revoke, and other processes hear of it") { url };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, parsed.GetValue(url), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, string? url, CancellationToken cancellationToken)
    {
        try
        {
            await using var host = GatehouseHost.Build([], configuration =>
            {
                if (url is not null)
                {
                    configuration.AddInMemoryCollection([new("urls", url)]);
                }
            });
            await host.StartAsync(cancellationToken);
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"listening on {string.Join(", ", host.Urls)}; Ctrl+C ends it");
            await host.WaitForShutdownAsync(cancellationToken);
            return ExitCodes.Done;
        }
        catch (Exception fault) when (Faults(fault) is { Count: > 0 } faults)
        {
            foreach (var line in faults)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(line);
            }

            return ExitCodes.Refused;
        }
    }

    // What an operator can mend: settings, and an address that is taken. Anything else is a fault of ours, and shows itself.
    private static IReadOnlyList<string> Faults(Exception fault) => fault switch
    {
        OptionsValidationException options => [.. options.Failures],
        AggregateException several => [.. several.InnerExceptions.SelectMany(Faults)],
        IOException or InvalidOperationException => [fault.Message],
        _ => [],
    };
}
