using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.Sessions;

/// <summary>Clerk's refusals about refreshing a session. Its clients fall back to the handshake at each, and tell the code as the reason.</summary>
internal static class RefreshErrors
{
    public static ClerkError OriginInvalid { get; } = Of(
        "refresh_request_origin_invalid", "Request origin is invalid", "request_origin is not an origin.");

    public static ClerkError TokenInvalid { get; } = Of(
        "expired_session_token_invalid", "Invalid expired_token param", "expired_token could not be verified as a session token.");

    public static ClerkError PartyMissing { get; } = Of(
        "expired_session_token_missing_azp", "missing 'azp' claim", "expired_token has no 'azp' claim.");

    public static ClerkError PartyMismatch { get; } = Of(
        "refresh_request_origin_azp_mismatch", "Request origin does not match azp claim", "request_origin is not the 'azp' claim of expired_token.");

    public static ClerkError SessionInactive { get; } = Of(
        "session_refresh_inactive_session", "session inactive", "The session is not active.");

    public static ClerkError SessionIdMissing { get; } = Of(
        "expired_session_token_missing_sid", "missing 'sid' claim", "expired_token has no 'sid' claim.");

    public static ClerkError SessionIdMismatch { get; } = Of(
        "refresh_sid_mismatch", "Session ID does not match the 'sid' claim", "The 'sid' claim of expired_token names another session than the path.");

    public static ClerkError RefreshTokenNotFound { get; } = Of(
        "refresh_token_not_found", "Refresh token not found", "No such refresh token was handed out for this session.");

    public static ClerkError UserNotFound { get; } = Of(
        "session_refresh_user_not_found", "user not found", "The session's user does not exist.");

    public static ClerkError TooOld { get; } = Of(
        "session_refresh_expired_session_token_too_old", "session token too old", "expired_token was issued too long ago.");

    public static ClerkError IssueTimeMissing { get; } = Of(
        "session_refresh_expired_session_token_missing_iat", "missing 'iat' claim", "expired_token has no 'iat' claim.");

    public static ClerkError Consumed { get; } = Of(
        "session_refresh_expired_session_token_consumed", "expired session token consumed", "expired_token was already used for a refresh.");

    public static ClerkError Ineligible { get; } = Of(
        "session_refresh_session_token_ineligible", "expired session token ineligible", "expired_token is not eligible for a refresh.");

    public static ClerkError SessionNotFound(string id) => Of(
        "session_refresh_session_not_found", "Session not found", $"No session was found with id {id}.");

    private static ClerkError Of(string code, string message, string explanation) => new(401, code, message, explanation);
}
