using System.Runtime.InteropServices;

namespace Gatehouse.Tokens.Internal;

/// <summary>May this token enter here, now?</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EntranceQuestion(
    TokenClaims Claims,
    TokenIssuer Issuer,
    Entrance Entrance,
    RevocationList? Revocations,
    DateTimeOffset Now);
