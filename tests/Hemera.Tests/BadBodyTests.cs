using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gatehouse.Testbed;

namespace Hemera.Tests;

/// <summary>Every kind of body that is refused, in one table; and nobody is called out of bed for it.</summary>
public sealed class BadBodyTests
{
    public static TheoryData<string, string, string> Bodies => new()
    {
        { "", "invalid_json", "" },
        { "   ", "invalid_json", "" },
        { "{", "invalid_json", "" },
        { "{\"resultOutcome\":\"passed\"", "invalid_json", "" },
        { "{\"resultOutcome\":\"passed\"}}", "invalid_json", "" },
        { "{resultOutcome:'passed'}", "invalid_json", "" },
        { "{\"resultOutcome\":\"passed\",}", "invalid_json", "" },
        { "{/* why */}", "invalid_json", "" },
        { "\u0000", "invalid_json", "" },
        { "resultOutcome=passed", "invalid_json", "" },
        { new string('[', 5_000), "invalid_json", "" },
        { "null", "invalid_type", "" },
        { "[]", "invalid_type", "" },
        { "\"passed\"", "invalid_type", "" },
        { "17", "invalid_type", "" },
        { "true", "invalid_type", "" },
        { "{\"resultOutcome\":1}", "invalid_type", "resultOutcome" },
        { "{\"resultOutcome\":true}", "invalid_type", "resultOutcome" },
        { "{\"resultOutcome\":{}}", "invalid_type", "resultOutcome" },
        { "{\"resultNotes\":[\"a\"]}", "invalid_type", "resultNotes" },
        { "{\"resultNotes\":1e999}", "invalid_type", "resultNotes" },
        { "{\"status\":\"cancelled\"}", "unrecognized_keys", "status" },
        { "{\"ResultOutcome\":\"passed\"}", "unrecognized_keys", "ResultOutcome" },
        { "{\"resultOutcome\":\"passed\",\"__proto__\":{}}", "unrecognized_keys", "__proto__" },
        { "{\"\\ud800\":1}", "unrecognized_keys", "" },
        { "{\"resultOutcome\":\"passed\",\"resultOutcome\":\"failed\"}", "duplicate_key", "resultOutcome" },
        { "{\"resultOutcome\":\"a\",\"result\\u004futcome\":\"b\"}", "duplicate_key", "resultOutcome" },
        { "{\"resultNotes\":null,\"resultNotes\":null}", "duplicate_key", "resultNotes" },
        { "{\"resultOutcome\":\"\\ud800\"}", "invalid_string", "resultOutcome" },
        { "{\"resultOutcome\":\"a\\u0000b\"}", "invalid_string", "resultOutcome" },
        { $"{{\"resultOutcome\":\"{new string('a', 201)}\"}}", "too_big", "resultOutcome" },
        { $"{{\"resultNotes\":\"{new string('a', 10_001)}\"}}", "too_big", "resultNotes" },
        { $"{{\"resultNotes\":\"{new string('a', 64 * 1024)}\"}}", "too_big", "" },
        { new string(' ', 64 * 1024) + "{}", "too_big", "" },
    };

    [Theory]
    [Proves("A40")]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_400_with_details_and_changes_nothing(string body, string code, string path)
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var response = await hemera.PutAsync(HemeraHost.Result, body);
        var problem = await response.RefusedAsync(400, "bad-request", "Invalid request data");
        AssertFault(problem, code, path);
        Assert.Equal((null, null), await ResultTests.ReadAsync(hemera));
        Assert.Empty(hemera.Log.Alarms);
    }

    [Fact]
    [Proves("A40")]
    public async Task Every_fault_is_named_up_to_twenty()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var both = await hemera.PutAsync(HemeraHost.Result, """{"resultOutcome":1,"resultNotes":2}""");
        Assert.Equal(2, (await both.JsonAsync()).GetProperty("details").GetArrayLength());

        var many = $"{{{string.Join(',', Enumerable.Range(0, 1000).Select(number => $"\"a{number}\":1"))}}}";
        using var capped = await hemera.PutAsync(HemeraHost.Result, many);
        Assert.Equal(20, (await capped.JsonAsync()).GetProperty("details").GetArrayLength());
    }

    [Fact]
    [Proves("A40")]
    public async Task Bytes_that_are_not_UTF8_are_400()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var content = new ByteArrayContent([.. "{\"resultOutcome\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await hemera.SendAsync(HttpMethod.Put, HemeraHost.Result, hemera.TokenOf("api-client"), content);
        AssertFault(await response.RefusedAsync(400, "bad-request", "Invalid request data"), "invalid_json", "");
        Assert.Empty(hemera.Log.Alarms);
    }

    [Fact]
    [Proves("A40")]
    public async Task A_body_without_a_stated_length_is_cut_off_too()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var content = new StreamContent(new MemoryStream(new byte[1 << 20]));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Put, HemeraHost.Result) { Content = content };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hemera.TokenOf("api-client"));
        using var response = await hemera.Client.SendAsync(request);
        AssertFault(await response.RefusedAsync(400, "bad-request", "Invalid request data"), "too_big", "");
        Assert.Empty(hemera.Log.Alarms);
    }

    [Fact]
    [Proves("A40")]
    public async Task No_body_at_all_is_400()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var response = await hemera.SendAsync(HttpMethod.Put, HemeraHost.Result, hemera.TokenOf("api-client"));
        AssertFault(await response.RefusedAsync(400, "bad-request", "Invalid request data"), "invalid_json", "");
        Assert.Empty(hemera.Log.Alarms);
    }

    [Fact]
    [Proves("A40")]
    public async Task A_body_that_breaks_off_is_nobodys_error()
    {
        await using var hemera = await HemeraHost.StartAsync();
        var answer = await RawHttp.SendAsync(
            hemera.Client.BaseAddress!,
            $"PUT {HemeraHost.Result} HTTP/1.1\r\nHost: hemera\r\nConnection: close\r\nAuthorization: Bearer {hemera.TokenOf("api-client")}\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"res\r\nnot a chunk\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Empty(hemera.Log.Alarms);
    }

    [Fact]
    [Proves("A40")]
    public async Task A_client_that_goes_away_in_the_middle_of_a_body_is_nobodys_error()
    {
        await using var hemera = await HemeraHost.StartAsync();
        for (var call = 0; call < 20; call++)
        {
            await RawHttp.ResetAsync(
                hemera.Client.BaseAddress!,
                $"PUT {HemeraHost.Result} HTTP/1.1\r\nHost: hemera\r\nAuthorization: Bearer {hemera.TokenOf("api-client")}\r\n"
                + "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 50\r\n\r\n");
        }

        await hemera.App.StopAsync();   // when all requests have ended
        Assert.Empty(hemera.Log.Alarms);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task A_body_that_is_not_called_JSON_is_415(string? type)
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"resultOutcome":"passed"}"""));
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        using var response = await hemera.SendAsync(HttpMethod.Put, HemeraHost.Result, hemera.TokenOf("api-client"), content);
        await response.RefusedAsync(415, "unsupported-media-type", "Unsupported Media Type");
        Assert.Empty(hemera.Log.Alarms);
    }

    private static void AssertFault(JsonElement problem, string code, string path)
    {
        var fault = problem.GetProperty("details")[0];
        Assert.Equal(["code", "path", "message"], fault.Names());
        Assert.Equal(code, fault.GetProperty("code").GetString());
        Assert.Equal(path, string.Join('.', fault.GetProperty("path").EnumerateArray().Select(step => step.GetString())));
        Assert.NotEmpty(fault.GetProperty("message").GetString()!);
    }
}
