using System.Text;
using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens;

/// <summary>One token from standard input.</summary>
internal static class TokenInput
{
    // Longer than any token that is looked at, with room for what is trimmed; a text that fills it is refused as too large.
    private const int Enough = 4 * TokenVerifier.MaximumTokenLength;

    public static async Task<string> ReadAsync(ToolInput input, TextWriter error, CancellationToken cancellationToken)
    {
        if (input.IsTyped)
        {
            await error.WriteLineAsync("paste the token, then end the input (Ctrl+D on a line of its own)");
        }

        await using var stream = input.Open();
        return Encoding.UTF8.GetString(await BoundedRead.UpToAsync(stream, Enough, cancellationToken)).Trim();
    }
}
