using System.CommandLine;

namespace Gatehouse.Host.Tokens;

internal static class TokenCommand
{
    public static Command Create(ToolInput input, ToolEnvironment environment) => new("token", "Tokens: verify and inspect any, mint those of the local Clerk")
    {
        VerifyCommand.Create(input), InspectCommand.Create(input), MintCommand.Create(environment),
    };
}
