namespace Gatehouse.AspNetCore;

/// <summary>The log events of the HTTP edge: 2000 to 2999.</summary>
internal static class EventIds
{
    public const int TokenRefused = 2000;
    public const int KeysUnavailable = 2001;
    public const int StoreUnavailable = 2004;
    public const int RequestFailed = 2005;
    public const int Unready = 2006;
    public const int ReadyAgain = 2007;
    public const int HealthCheckFailed = 2008;
    public const int PermissionDenied = 2010;
    public const int RoleLookupFailed = 2011;
    public const int RolesAway = 2012;
    public const int RolesBack = 2013;
    public const int PermissionGrantedToNobody = 2014;
    public const int LimitExceeded = 2020;
    public const int LimitStoreAway = 2021;
    public const int LimitStoreBack = 2022;
    public const int LimitedUse = 2023;
    public const int PublishedKeysInUse = 2030;
    public const int ReportedOnly = 2040;
    public const int RevocationFeedBroken = 2050;
    public const int RevocationFeedBack = 2051;
    public const int StreamClosed = 2052;
    public const int Revoked = 2053;
    public const int RevocationWithdrawn = 2054;
    public const int OperatorRefused = 2060;
    public const int SessionNotRenewed = 2070;
    public const int SessionRenewalFailed = 2071;
    public const int HandshakeRefused = 2072;
    public const int HandshakeFailed = 2073;
    public const int HandshakeTokenRefused = 2077;
    public const int RedirectsStopped = 2074;
    public const int SignOutFailed = 2075;
    public const int SignedOut = 2076;
    public const int ForwardAuthRefused = 2080;
    public const int UpstreamFailed = 2100;
    public const int UpstreamCut = 2101;
    public const int ForwardingRefused = 2102;
    public const int SessionTokenMinted = 2110;
    public const int SessionTokenFailed = 2111;
    public const int SessionTokenUnfit = 2112;
    public const int OwnOriginUnknown = 2113;
    public const int CallerTokenKept = 2114;
}
