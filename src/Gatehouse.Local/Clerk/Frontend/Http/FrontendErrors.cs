using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>The refusals of the Frontend API. Codes and statuses are Clerk's.</summary>
internal static class FrontendErrors
{
    public static ClerkError AuthenticationInvalid { get; } = new(
        401, "authentication_invalid", "Invalid authentication", "Unable to authenticate the request: no client is known for this browser.");

    public static ClerkError SignedOut { get; } = new(
        401, "signed_out", "Signed out", "You are signed out.");

    public static ClerkError ReverificationRequired { get; } = new(
        403, "session_reverification_required", "Reverification required",
        "You need to provide additional verification to perform this operation.");

    public static ClerkError DevBrowserUnauthenticated { get; } = new(
        401, "dev_browser_unauthenticated", "Browser unauthenticated",
        "Unable to authenticate this browser for your development instance. Check your Clerk cookies and try again.");

    public static ClerkError ContentTypeUnsupported { get; } = new(
        415, "unsupported_content_type", "Content-Type is not supported",
        "The Content-Type of this request must be application/x-www-form-urlencoded or multipart/form-data.");

    public static ClerkError OriginInvalid { get; } = new(
        400, "origin_invalid", "Invalid HTTP Origin header",
        "The local Clerk answers pages on loopback, and those that LocalClerk:AllowedOrigins names.");

    public static ClerkError RedirectInvalid { get; } = new(
        400, "redirect_url_invalid", "Invalid redirect URL",
        "The local Clerk sends browsers to loopback only, and to what LocalClerk:AllowedOrigins names.")
    {
        ParameterName = "redirect_url",
    };

    public static ClerkError SessionExists { get; } = new(
        400, "session_exists", "Session already exists",
        "You're currently in single session mode. You can only be signed into one account at a time.");

    public static ClerkError IdentifierNotFound { get; } = new(
        422, "form_identifier_not_found", "Couldn't find your account.", "Couldn't find your account.")
    {
        ParameterName = "identifier",
    };

    public static ClerkError PasswordIncorrect { get; } = new(
        422, "form_password_incorrect", "Password is incorrect. Try again, or use another method.",
        "Password is incorrect. Try again, or use another method.")
    {
        ParameterName = "password",
    };

    public static ClerkError CodeIncorrect { get; } = new(
        422, "form_code_incorrect", "is incorrect", "Incorrect code")
    {
        ParameterName = "code",
    };

    public static ClerkError StrategyInvalid { get; } = new(
        400, "strategy_for_user_invalid", "Invalid verification strategy", "The verification strategy is not valid for this account.")
    {
        ParameterName = "strategy",
    };

    public static ClerkError ClientStateInvalid { get; } = new(
        400, "client_state_invalid", "Invalid action",
        "We were unable to complete the action for this client: what it is about is over, or was not begun here.");

    public static ClerkError VerificationMissing { get; } = new(
        400, "verification_missing", "Missing verification", "Prepare the verification before it is attempted.");

    public static ClerkError VerificationExpired { get; } = new(
        400, "verification_expired", "Verification expired", "This verification has expired. You must create a new one.");

    public static ClerkError VerificationFailed { get; } = new(
        400, "verification_failed", "Too many failed attempts",
        "Too many failed attempts. You have to try again with the same or another method.");

    public static ClerkError VerificationAlreadyVerified { get; } = new(
        400, "verification_already_verified", "Already verified", "This verification has already been verified.");

    public static ClerkError StrategyOfVerificationInvalid { get; } = new(
        400, "verification_strategy_invalid", "has invalid strategy", "The strategy is not valid for the current verification.")
    {
        ParameterName = "strategy",
    };

    public static ClerkError LinkInvalid { get; } = new(
        400, "verification_link_token_invalid", "invalid link token", "The link is none of this instance's.");

    public static ClerkError LinkStale { get; } = new(
        400, "verification_link_token_stale", "stale link token",
        "The link is no longer valid: another was asked for since, or what it was for is over.");

    public static ClerkError TicketInvalid { get; } = new(
        400, "ticket_invalid_code", "ticket is invalid", "The ticket is unknown, revoked or used.")
    {
        ParameterName = "ticket",
    };

    public static ClerkError TicketExpired { get; } = new(
        400, "ticket_expired_code", "ticket has expired", "The ticket has expired. Ask for another one.")
    {
        ParameterName = "ticket",
    };

    public static ClerkError NoSecondFactors(string strategy) => new(
        400, "no_second_factors", "no second factors", $"No second factors were found for strategy {strategy}.");

    public static ClerkError SessionNotFound(string id) => new(
        404, "resource_not_found", "Session not found", $"No session was found with id {id}.");

    public static ClerkError RouteNotFound(string path) => new(
        404, "resource_not_found", "Resource not found", $"No operation of the local Frontend API answers at {path}.");
}
