namespace Gatehouse.Interop.Tests;

/// <summary>Tokens that <c>@clerk/backend</c> mints at a Clerk for a machine, to be handed to a receiver of ours.</summary>
internal static class MintedByTheOfficialClient
{
    /// <param name="clerkUrl">The root of the Backend API.</param>
    /// <param name="machineSecret">The secret key of the machine that the token is to be of.</param>
    /// <param name="format"><c>jwt</c> or <c>opaque</c>.</param>
    /// <param name="seconds">How long it lives. Default the machine's own.</param>
    public static async Task<string> M2MTokenAsync(string clerkUrl, string machineSecret, string format, int? seconds = null)
    {
        string[] arguments = seconds is null ? ["mint-m2m-token.mjs", format] : ["mint-m2m-token.mjs", format, $"{seconds}"];
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CLERK_API_URL"] = clerkUrl,
            ["CLERK_MACHINE_SECRET_KEY"] = machineSecret,
        };
        var (exitCode, token, errors) = await NodeProgram.RunAsync(arguments, environment);
        Assert.True(exitCode == 0, errors);
        return token;
    }
}
