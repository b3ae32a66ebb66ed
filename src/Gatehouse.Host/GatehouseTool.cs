using System.CommandLine;
using Gatehouse.Host.Local;
using Gatehouse.Host.Serve;
using Gatehouse.Host.Tokens;

namespace Gatehouse.Host;

/// <summary>The command <c>gatehouse</c>. Standard output is the answer; everything else goes to standard error.</summary>
public static class GatehouseTool
{
    // An argument is what it says, and never the name of a file to read more arguments from: tokens are arguments too, and hostile.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Takes the answer.</param>
    /// <param name="error">Takes everything else.</param>
    /// <param name="input">What is read from, by commands that read; null for the console's standard input.</param>
    /// <param name="environment">The environment. Default the process's own.</param>
    /// <param name="cancellationToken">Ends a command that would go on, as Ctrl+C does.</param>
    /// <returns>0 done, 1 refused, 2 wrong usage, 3 not found.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        TextWriter output,
        TextWriter error,
        Stream? input = null,
        ToolEnvironment? environment = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);

        var typed = input is null ? ToolInput.OfConsole() : new ToolInput(() => input, IsTyped: false);
        var variables = environment ?? Environment.GetEnvironmentVariable;
        var root = new RootCommand("Gatehouse: what a .NET backend needs behind Clerk")
        {
            ServeCommand.Create(),
            LocalCommand.Create(variables),
            DevCommand.Create(variables),
            TokenCommand.Create(typed, variables),
        };
        var parsed = root.Parse(args, Parsing);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                await error.WriteLineAsync(UsageFault.Of(fault.Message));
            }

            await error.WriteLineAsync("--help shows how it is used");
            return ExitCodes.WrongUsage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, cancellationToken);
    }
}
