namespace Gatehouse.Host;

/// <summary>What the command's exit code says to a script.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;
    public const int NotFound = 3;
}
