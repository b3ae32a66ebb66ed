using System.Runtime.InteropServices;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>What stands for a token wherever it is remembered: from it nobody can make the token again.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenDigest(UInt128 High, UInt128 Low)
{
    public override int GetHashCode() => (int)(uint)Low;
}
