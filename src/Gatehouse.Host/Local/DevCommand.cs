using System.CommandLine;
using System.Globalization;

namespace Gatehouse.Host.Local;

/// <summary><c>gatehouse dev</c>: the local Clerk, with its webhooks sent to a program under development and the variables that it needs.</summary>
internal static class DevCommand
{
    public static Command Create(ToolEnvironment environment)
    {
        var options = new LocalOptions();
        var webhooks = new Option<string[]>("--webhook")
        {
            Description = "Where your program takes webhooks, such as http://localhost:3000/api/webhooks; may be repeated",
        };
        webhooks.Validators.Add(result =>
        {
            foreach (var url in (result.GetValueOrDefault<string[]>() ?? []).Where(url => !IsWebAddress(url)))
            {
                result.AddError($"--webhook takes an http or https address, which '{url}' is not");
            }
        });
        var command = new Command("dev", "Run the local Clerk for a program under development, until Ctrl+C") { webhooks };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = options.Settings(parsed);
            foreach (var (index, url) in (parsed.GetValue(webhooks) ?? []).Index())
            {
                settings[string.Create(CultureInfo.InvariantCulture, $"LocalClerk:Webhooks:Endpoints:{index}:url")] = url;
            }

            return LocalServer.RunAsync(parsed, options, environment, settings, ClientVariables.AsText, cancellationToken);
        });
        return command;
    }

    private static bool IsWebAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps);
}
