using System.CommandLine;
using Gatehouse.Host.Tokens.Inspection;

namespace Gatehouse.Host.Tokens;

/// <summary><c>gatehouse token inspect</c>: what a token says, and what a verifier would object to.</summary>
internal static class InspectCommand
{
    public static Command Create(ToolInput input)
    {
        var token = new TokenArgument(input);
        var json = new Option<bool>("--json") { Description = "Answer in JSON" };
        var gate = new GateOptions();
        var command = new Command("inspect", "Decode a token without believing it, explain each of its claims, and say what verify would object to") { json };
        token.AddTo(command);
        gate.AddTo(command);
        command.SetAction((parsed, cancellationToken) => WrongUsageException.GuardAsync(
            parsed,
            () => InspectAsync(parsed, gate.Read(parsed), token, parsed.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> InspectAsync(
        ParseResult parsed, GateSettings settings, TokenArgument token, bool asJson, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var keys = settings.HasKeys ? await KeyArgument.OpenAsync(settings, error, cancellationToken) : null;
        var inspected = await Inspector.InspectAsync(await token.ReadAsync(parsed, cancellationToken), keys, settings, cancellationToken);
        await output.WriteAsync(asJson ? InspectedJson.Of(inspected) : InspectedText.Of(inspected));
        return inspected.IsToken ? ExitCodes.Done : ExitCodes.Refused;
    }
}
