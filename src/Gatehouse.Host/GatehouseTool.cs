using System.CommandLine;
using Gatehouse.Host.Tokens;

namespace Gatehouse.Host;

/// <summary>The command <c>gatehouse</c>. Standard output is the answer; everything else goes to standard error.</summary>
public static class GatehouseTool
{
    /// <summary>Runs one command line.</summary>
    /// <returns>0 done, 1 refused, 2 wrong usage, 3 not found.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);

        var root = new RootCommand("Gatehouse: what a .NET backend needs behind Clerk") { TokenCommand.Create() };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                await error.WriteLineAsync(fault.Message);
            }

            await error.WriteLineAsync("--help shows how it is used");
            return ExitCodes.WrongUsage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
    }
}
