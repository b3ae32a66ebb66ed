namespace Gatehouse.Host.Tests;

/// <summary>How a command ended and what it said.</summary>
public sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs a command to its end.</summary>
    public static async Task<ToolResult> OfAsync(string arguments, params (string Name, string Value)[] environment)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exitCode = await GatehouseTool.RunAsync(
            arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            output,
            errors,
            environment: name => environment.FirstOrDefault(variable => variable.Name == name).Value,
            cancellationToken: TestContext.Current.CancellationToken);
        return new ToolResult(exitCode, output.ToString(), errors.ToString());
    }
}
