using System.CommandLine;

namespace Gatehouse.Host.Local;

/// <summary><c>gatehouse local</c>: the local Clerk, for programs in any language.</summary>
internal static class LocalCommand
{
    public static Command Create(ToolEnvironment environment)
    {
        var options = new LocalOptions();
        var command = new Command("local", "Run the local Clerk until Ctrl+C");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => LocalServer.RunAsync(
            parsed, options, environment, options.Settings(parsed), address => address, cancellationToken));
        return command;
    }
}
