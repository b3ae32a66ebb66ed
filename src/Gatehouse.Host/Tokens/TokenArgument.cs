using System.CommandLine;
using System.CommandLine.Parsing;

namespace Gatehouse.Host.Tokens;

/// <summary>The token that a command is about: its argument, or standard input.</summary>
internal sealed class TokenArgument(ToolInput input)
{
    private readonly Argument<string?> _argument = new("token") { Description = "The token; without it, it is read from standard input", Arity = ArgumentArity.ZeroOrOne };

    public void AddTo(Command command) => command.Arguments.Add(_argument);

    public bool IsGiven(CommandResult command) => command.GetResult(_argument) is { Tokens.Count: > 0 };

    /// <exception cref="WrongUsageException">An option that is not known stands in its place.</exception>
    public async Task<string> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_argument) is not { } token)
        {
            return await TokenInput.ReadAsync(input, parsed.InvocationConfiguration.Error, cancellationToken);
        }

        // The parser takes an unknown option for the argument. No token begins so; behind "--" a hostile text may.
        return token.StartsWith('-') && parsed.Tokens.All(part => part.Type != TokenType.DoubleDash)
            ? throw new WrongUsageException($"there is no option {TerminalText.Of(token, longest: 16)}; --help shows those that there are")
            : token;
    }
}
