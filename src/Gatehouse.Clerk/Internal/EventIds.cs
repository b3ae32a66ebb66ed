namespace Gatehouse.Clerk.Internal;

/// <summary>The ids of this project's log events: 4000 key sets, 4100 Backend API, 4200 service tokens, 4300 opaque tokens.</summary>
internal static class EventIds
{
    public const int KeySetLoaded = 4000;
    public const int KeySetAway = 4001;
    public const int KeySetKeysDropped = 4002;

    public const int ClerkCallRepeated = 4100;

    public const int ServiceTokenFailed = 4200;
    public const int ServiceTokenMinted = 4201;
    public const int ServiceTokenRefused = 4202;
    public const int ServiceTokenThrottled = 4203;
    public const int ServiceTokenNotRenewed = 4204;
    public const int ServiceSessionNotEnded = 4205;

    public const int OpaqueTokenCallFailed = 4300;
    public const int OpaqueTokensPaused = 4301;
    public const int OpaqueTokensResumed = 4302;
    public const int OpaqueTokenFlood = 4303;
    public const int OpaqueTokenSecretMissing = 4304;
    public const int OpaqueTokenUnsound = 4305;
}
