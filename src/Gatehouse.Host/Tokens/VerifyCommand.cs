using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace Gatehouse.Host.Tokens;

/// <summary><c>gatehouse token verify</c>: whether a token is genuine and would enter, as JSON.</summary>
internal static class VerifyCommand
{
    public static Command Create(ToolInput input)
    {
        var token = new TokenArgument(input);
        var batch = new Option<bool>("--batch") { Description = "Lines of {\"token\":…} on standard input, one answer a line in the same order" };
        var json = new Option<bool>("--json") { Description = "Answer in JSON, as it does anyway" };
        var gate = new GateOptions();
        var command = new Command("verify", "Verify a token, as an entrance with these demands would: exit 0 when it enters, 1 when not") { batch, json };
        token.AddTo(command);
        gate.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!gate.HasKeys(result))
            {
                result.AddError("give the issuer's keys: --jwks or --pem");
            }

            if (result.GetResult(batch) is not null && token.IsGiven(result))
            {
                result.AddError("--batch reads its tokens from standard input: leave the token out");
            }
        });
        command.SetAction((parsed, cancellationToken) => WrongUsageException.GuardAsync(parsed, () => parsed.GetValue(batch)
            ? VerifyAllAsync(parsed, gate.Read(parsed), input, cancellationToken)
            : VerifyAsync(parsed, gate.Read(parsed), token, cancellationToken)));
        return command;
    }

    private static async Task<int> VerifyAsync(ParseResult parsed, GateSettings settings, TokenArgument token, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var gate = new TokenGate(await KeyArgument.OpenAsync(settings, error, cancellationToken), settings);
        var answer = await gate.VerifyAsync(await token.ReadAsync(parsed, cancellationToken), cancellationToken);

        var line = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(line))
        {
            VerifyAnswer.Write(json, answer);
        }

        await output.WriteLineAsync(Encoding.ASCII.GetString(line.WrittenSpan));
        return answer.Result.Succeeded ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static async Task<int> VerifyAllAsync(ParseResult parsed, GateSettings settings, ToolInput input, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var gate = new TokenGate(await KeyArgument.OpenAsync(settings, error, cancellationToken), settings);
        await using var stream = input.Open();
        return await new TokenBatch(gate, output).RunAsync(stream, cancellationToken) ? ExitCodes.Done : ExitCodes.Refused;
    }
}
