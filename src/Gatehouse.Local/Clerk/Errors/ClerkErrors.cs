namespace Gatehouse.Local.Clerk.Errors;

/// <summary>The refusals that concern a request as a whole. Codes and statuses are Clerk's.</summary>
internal static class ClerkErrors
{
    public static ClerkError AuthorizationHeaderInvalid { get; } = new(
        401, "authorization_header_format_invalid", "Invalid Authorization header format",
        "Invalid Authorization header format. Must be 'Bearer <YOUR_API_KEY>'.");

    public static ClerkError KeyInvalid { get; } = new(
        401, "clerk_key_invalid", "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.",
        "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.");

    public static ClerkError MachineKeyInvalid { get; } = new(
        401, "machine_secret_key_invalid", "The provided Machine Secret Key is invalid.",
        "The provided Machine Secret Key is invalid. Make sure that your Machine Secret Key is correct.");

    public static ClerkError AuthorizationInvalid { get; } = new(
        403, "authorization_invalid", "Unauthorized request", "You are not authorized to perform this request.");

    public static ClerkError ApiVersionInvalid { get; } = new(
        400, "api_version_invalid", "Invalid API version",
        "Give one API version, as the Clerk-API-Version header or the __clerk_api_version query parameter, in the form YYYY-MM-DD.");

    public static ClerkError BodyInvalid { get; } = new(
        400, "request_body_invalid", "Request body invalid",
        "The request body is invalid. Please consult the API documentation for more information.");

    public static ClerkError BodyTooLarge { get; } = new(
        413, "request_body_too_large", "Request body too large", "The request body is larger than this operation takes.");

    public static ClerkError ContentTypeUnsupported { get; } = new(
        415, "unsupported_content_type", "Content-Type is not supported", "The Content-Type of this request must be application/json.");

    public static ClerkError HostInvalid { get; } = new(
        400, "host_invalid", "Invalid host", "The local Clerk answers to loopback names only.");

    public static ClerkError OriginInvalid { get; } = new(
        403, "origin_invalid", "Invalid origin", "The control surface answers no page of another origin.");

    public static ClerkError Internal { get; } = new(
        500, "internal_clerk_error", "Oops, an unexpected error occurred", "There was an internal error on our servers.");

    public static ClerkError Unavailable { get; } = new(
        503, "service_unavailable", "Service unavailable", "The service is temporarily unavailable.");

    public static ClerkError TooManyRequests(int retryAfterSeconds) => new(
        429, "too_many_requests", "Too many requests. Please try again in a bit.",
        "Too many requests in a given period of time. Please try again in a bit.")
    {
        RetryAfterSeconds = retryAfterSeconds,
    };

    public static ClerkError NotFound(string resource, string id) => new(
        404, "resource_not_found", "Resource not found", $"No {resource} was found with id {id}.");

    public static ClerkError RouteNotFound(string path) => new(
        404, "resource_not_found", "Resource not found", $"No operation of the Backend API answers at {path}.");

    public static ClerkError NotImplemented(string operation) => new(
        501, "not_implemented", "Not implemented", $"The local Clerk does not answer the operation {operation} yet.");

    public static ClerkError BadRequest(string explanation) => new(400, "bad_request", "Bad request", explanation);
}
