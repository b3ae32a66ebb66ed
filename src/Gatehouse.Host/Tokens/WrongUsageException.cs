using System.CommandLine;

namespace Gatehouse.Host.Tokens;

/// <summary>The command cannot begin with what it was given; the message says what is wrong, and the exit code is 2.</summary>
internal sealed class WrongUsageException(string message) : Exception(message)
{
    public static async Task<int> GuardAsync(ParseResult parsed, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (WrongUsageException wrong)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(wrong.Message);
            return ExitCodes.WrongUsage;
        }
    }
}
