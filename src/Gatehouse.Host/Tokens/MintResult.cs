namespace Gatehouse.Host.Tokens;

/// <summary>A token, or why there is none and how the command then ends.</summary>
internal sealed record MintResult(string? Token, string? Refusal, int ExitCode)
{
    public static MintResult Minted(string token) => new(token, null, ExitCodes.Done);

    public static MintResult NotFound(string what) => new(null, what, ExitCodes.NotFound);

    public static MintResult Refused(string why) => new(null, why, ExitCodes.Refused);
}
