namespace Gatehouse.Local.Upstash.Rest;

/// <summary>What Upstash says itself, where the words are not redis-server's.</summary>
/// <remarks>Upstash's troubleshooting pages; the words for what cannot be parsed are as its clients' tests have seen them.</remarks>
internal static class RestErrors
{
    public const string Unauthorized =
        "WRONGPASS invalid or missing auth token. See https://docs.upstash.com/redis/troubleshooting/http_unauthorized for details.";

    public const string MethodNotAllowed = "ERR method not allowed";
    public const string CommandMalformed = "ERR failed to parse command";
    public const string CommandEmpty = "ERR empty command";
    public const string PipelineMalformed = "ERR failed to parse pipeline request";
    public const string PipelineEmpty = "ERR empty pipeline request";
    public const string TransactionMalformed = "ERR failed to parse multi-exec request";
    public const string TransactionEmpty = "ERR empty multi-exec request";
    public const string PathMalformed = "ERR failed to parse path";
    public const string FormatUnknown = "ERR unsupported response format: use json or resp2";
    public const string FormatEncoded = "ERR base64 encoding is not available in the response format resp2";
    public const string Internal = "ERR internal error";
    public const string Away = "ERR the database is not available";
    public const string TooManyRequests = "ERR max requests limit exceeded";
    public const string ForeignHost = "ERR this is a local service: call it by a name of this machine";
    public const string ForeignOrigin = "ERR this is a local service: pages of other sites may not call it";

    public static string TooLarge(long limit, long? actual) =>
        $"ERR max request size exceeded. Limit: {limit} bytes" + (actual is null ? "" : $", Actual: {actual} bytes");

    public static string NotAvailable(string command) =>
        $"ERR Command is not available: '{command}'. See https://upstash.com/docs/redis/overall/rediscompatibility for details";
}
