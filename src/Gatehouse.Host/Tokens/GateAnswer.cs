using System.Runtime.InteropServices;
using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens;

/// <summary>What the verifier says of one token.</summary>
/// <param name="Result">The claims, or the reason.</param>
/// <param name="IsLocal">Whether it was admitted though anybody could have signed it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GateAnswer(TokenResult Result, bool IsLocal)
{
    public static GateAnswer Refused(TokenFailure failure) => new(TokenResult.Refused(failure), IsLocal: false);
}
