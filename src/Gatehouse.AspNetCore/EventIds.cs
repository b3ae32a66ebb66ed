namespace Gatehouse.AspNetCore;

/// <summary>The log events of the HTTP edge: 2000 to 2999.</summary>
internal static class EventIds
{
    public const int TokenRefused = 2000;
    public const int KeysUnavailable = 2001;
    public const int PermissionDenied = 2010;
    public const int RoleLookupFailed = 2011;
    public const int RolesAway = 2012;
    public const int RolesBack = 2013;
    public const int PermissionGrantedToNobody = 2014;
    public const int LimitExceeded = 2020;
    public const int PublishedKeysInUse = 2030;
    public const int ReportedOnly = 2040;
    public const int RevocationFeedBroken = 2050;
    public const int RevocationFeedBack = 2051;
    public const int StreamClosed = 2052;
    public const int Revoked = 2053;
    public const int RevocationWithdrawn = 2054;
    public const int OperatorRefused = 2060;
}
