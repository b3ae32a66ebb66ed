using System.CommandLine;

namespace Gatehouse.Host.Tokens;

internal static class TokenCommand
{
    public static Command Create() => new("token", "Tokens, for development") { MintCommand.Create() };
}
