namespace Gatehouse.Host;

/// <summary>Standard input, opened only by commands that read it.</summary>
/// <param name="Open">Opens it.</param>
/// <param name="IsTyped">Whether somebody sits before it, who wants to be told that the command waits.</param>
internal sealed record ToolInput(Func<Stream> Open, bool IsTyped)
{
    public static ToolInput OfConsole() => new(Console.OpenStandardInput, !Console.IsInputRedirected);
}
