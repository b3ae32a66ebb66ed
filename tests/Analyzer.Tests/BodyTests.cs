using System.Text;
using System.Text.Json;
using Analyzer.Modules;
using Analyzer.Requests;
using FsCheck;
using FsCheck.Fluent;
using Gatehouse.Testbed;

namespace Analyzer.Tests;

/// <summary>Bodies that are none, and what is said of them; and every body that a random hand writes.</summary>
public sealed class BodyTests
{
    [Theory]
    [InlineData("", "invalid_json", "")]
    [InlineData("{", "invalid_json", "")]
    [InlineData("nonsense", "invalid_json", "")]
    [InlineData("""{"name":"a","content":{}} {}""", "invalid_json", "")]
    [InlineData("""{"name":"a","content":{},}""", "invalid_json", "")]
    [InlineData("null", "invalid_type", "")]
    [InlineData("[]", "invalid_type", "")]
    [InlineData("\"a\"", "invalid_type", "")]
    [InlineData("""{"content":{}}""", "required", "name")]
    [InlineData("""{"name":"a"}""", "required", "content")]
    [InlineData("""{"name":"a","content":{},"Name":"b"}""", "unrecognized_key", "Name")]
    [InlineData("""{"name":"a","content":{},"user_id":"user_1"}""", "unrecognized_key", "user_id")]
    [InlineData("""{"name":"a","name":"b","content":{}}""", "duplicate_key", "name")]
    [InlineData("""{"name":"a","\u006eame":"b","content":{}}""", "duplicate_key", "name")]
    [InlineData("""{"name":"a","content":{"x":{"y":1,"y":2}}}""", "duplicate_key", "content/x/y")]
    [InlineData("""{"name":"a","content":{"x":[{"y":1,"\u0079":2}]}}""", "duplicate_key", "content/x/0/y")]
    [InlineData("""{"name":null,"content":{}}""", "invalid_type", "name")]
    [InlineData("""{"name":7,"content":{}}""", "invalid_type", "name")]
    [InlineData("""{"name":"","content":{}}""", "too_small", "name")]
    [InlineData("""{"name":"  ","content":{}}""", "too_small", "name")]
    [InlineData("""{"name":" a","content":{}}""", "invalid_string", "name")]
    [InlineData("""{"name":"a\u00a0","content":{}}""", "invalid_string", "name")]
    [InlineData("""{"name":"a\nb","content":{}}""", "invalid_string", "name")]
    [InlineData("""{"name":"\u0000","content":{}}""", "invalid_string", "name")]
    [InlineData("""{"name":"\ud800","content":{}}""", "invalid_string", "name")]
    [InlineData("""{"name":"a","content":null}""", "invalid_type", "content")]
    [InlineData("""{"name":"a","content":[]}""", "invalid_type", "content")]
    [InlineData("""{"name":"a","content":"{}"}""", "invalid_type", "content")]
    [InlineData("""{"name":"a","content":{"x":"\udc00"}}""", "invalid_string", "content/x")]
    [InlineData("""{"name":"a","content":{"x":["a\u0000"]}}""", "invalid_string", "content/x/0")]
    [InlineData("""{"name":"a","content":{"\ud800":1}}""", "invalid_string", "content")]
    [InlineData("""{"name":"a","content":{"x":{"\u0000":1}}}""", "invalid_string", "content/x")]
    public async Task Each_fault_is_named_by_its_place(string body, string code, string path)
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var problem = await analyzer.PostAsync(AnalyzerHost.Save, body).RefusedAsync(400, "bad-request", "Invalid request data");
        var fault = Assert.Single(problem.GetProperty("details").EnumerateArray());
        Assert.Equal(["code", "path", "message"], fault.Names());
        Assert.Equal((code, path), (fault.Text("code"), string.Join('/', fault.GetProperty("path").EnumerateArray())));
        Assert.Equal(0L, analyzer.Read<long>("SELECT count(*) FROM modules"));
        Assert.Empty(analyzer.Log.Alarms);
    }

    [Theory]
    [InlineData("""{"message":""}""", "too_small", "message")]
    [InlineData("""{"message":7}""", "invalid_type", "message")]
    [InlineData("""{}""", "required", "message")]
    [InlineData("""{"message":"a","model":"large"}""", "unrecognized_key", "model")]
    [InlineData("""[]""", "invalid_type", "")]
    public async Task A_message_that_is_none_is_named_too(string body, string code, string path)
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var problem = await analyzer.PostAsync(AnalyzerHost.Chat, body).RefusedAsync(400, "bad-request", "Invalid request data");
        var fault = Assert.Single(problem.GetProperty("details").EnumerateArray());
        Assert.Equal((code, path), (fault.Text("code"), string.Join('/', fault.GetProperty("path").EnumerateArray())));
    }

    [Fact]
    public async Task Several_faults_are_told_at_once_and_not_more_than_a_person_reads()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var several = await analyzer.PostAsync(AnalyzerHost.Save, """{"name":7,"more":1}""").RefusedAsync(400, "bad-request", "Invalid request data");
        Assert.Equal(["unrecognized_key", "invalid_type", "required"], several.GetProperty("details").EnumerateArray().Select(fault => fault.Text("code")));
        var many = await analyzer.PostAsync(AnalyzerHost.Save, $"{{{string.Join(',', Enumerable.Range(0, 500).Select(n => $"\"m{n}\":1"))}}}").RefusedAsync(400, "bad-request", "Invalid request data");
        Assert.Equal(20, many.GetProperty("details").GetArrayLength());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_no_JSON()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        using var content = new ByteArrayContent([.. "{\"name\":\""u8, 0xff, .. "\",\"content\":{}}"u8]);
        content.Headers.ContentType = new("application/json");
        await analyzer.SendAsync(HttpMethod.Post, AnalyzerHost.Save, analyzer.Forge.Session(), content).RefusedAsync(400, "bad-request", "Invalid request data");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task What_is_not_called_JSON_is_415(string type)
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        foreach (var path in (string[])[AnalyzerHost.Save, AnalyzerHost.Chat])
        {
            await analyzer.PostAsync(path, """{"name":"a","content":{}}""", type: type).RefusedAsync(415, "unsupported-media-type", "Unsupported Media Type");
        }
    }

    [Fact]
    public async Task A_body_may_be_64_kB_and_no_more_whether_it_says_its_length_or_not()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        const string Frame = """{"name":"a","content":{"x":""}}""";
        var largest = Frame.Insert(Frame.Length - 3, new string('y', JsonBody.MaximumBytes - Frame.Length));
        await analyzer.PostAsync(AnalyzerHost.Save, largest).OkAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, largest + " ").RefusedAsync(413, "too-large", "The body must be at most 65536 bytes");
        using var chunked = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(largest + " ")));
        chunked.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, AnalyzerHost.Save) { Content = chunked };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Authorization = new("Bearer", analyzer.Forge.Session());
        await analyzer.Client.SendAsync(request).RefusedAsync(413, "too-large", "The body must be at most 65536 bytes");
    }

    [Fact]
    public async Task A_body_that_breaks_off_saves_nothing()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var head = $"POST {AnalyzerHost.Save} HTTP/1.1\r\nHost: analyzer\r\nAuthorization: Bearer {analyzer.Forge.Session()}\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n";
        await RawHttp.ResetAsync(analyzer.Client.BaseAddress!, head);
        await analyzer.GetAsync(AnalyzerHost.ModulesOf(AnalyzerHost.Me)).OkAsync();
        Assert.Equal(0L, analyzer.Read<long>("SELECT count(*) FROM modules"));
        Assert.Empty(analyzer.Log.Alarms);
    }

    [Fact]
    public void Nested_too_deep_is_no_JSON_and_as_deep_as_may_be_is()
    {
        Assert.NotNull(Read(Nested(JsonBody.MaximumDepth - 2)));
        Assert.NotNull(JsonBody.Parse(Encoding.UTF8.GetBytes(Nested(JsonBody.MaximumDepth))).Refusal);
    }

    [Fact]
    public void Whatever_is_written_is_read_as_it_was_written()
    {
        var contents = JsonValues(3).Where(value => value.StartsWith('{')).ToArbitrary();
        var counts = Counts.Of("module-contents");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(counts.Count), Prop.ForAll(contents, content =>
        {
            var save = Read($"{{\"name\":\"a\",\"content\":{content}}}");
            Assert.NotNull(save);
            Assert.True(JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(content), JsonSerializer.Deserialize<JsonElement>(save.Content)), content);
            Assert.DoesNotContain('\n', save.Content);
            Assert.Equal(save, Read($"{{\"content\":{save.Content},\"name\":\"a\"}}"));
        }));
    }

    [Fact]
    public void Whatever_bytes_come_they_are_read_or_refused_and_never_break_the_reader()
    {
        var counts = Counts.Of("module-bytes");
        var random = counts.Random();
        var good = Encoding.UTF8.GetBytes("""{"name":"Warm-up","content":{"text":"Breathe \u00e9 \ud83d\ude42","list":[1,-2.5e3,null,true,{"a":{}}]}}""");
        var (read, refused) = (0, 0);
        for (var n = 0; n < counts.Count; n++)
        {
            var bytes = good.ToArray();
            for (var change = random.Next(0, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : "{}[]\",:\\u0dn"u8[random.Next(12)];
            }

            var (document, refusal) = JsonBody.Parse(bytes.AsSpan(0, random.Next(5) == 0 ? random.Next(bytes.Length) : bytes.Length));
            Assert.True(document is null ^ refusal is null);
            if (document is null)
            {
                refused++;
                continue;
            }

            using var body = document;
            var faults = new FaultList();
            var save = ModuleReader.Read(body.RootElement, faults);
            Assert.True(save is null ^ faults.IsEmpty);
            _ = save is null ? refused++ : read++;
        }

        Assert.True(read > 0 && refused > 0, $"{read} read, {refused} refused");
    }

    private static ModuleSave? Read(string text)
    {
        var (document, _) = JsonBody.Parse(Encoding.UTF8.GetBytes(text));
        using var body = document;
        return body is null ? null : ModuleReader.Read(body.RootElement, new FaultList());
    }

    private static string Nested(int depth) =>
        $"{{\"name\":\"a\",\"content\":{{\"x\":{string.Concat(Enumerable.Repeat("[", depth))}{string.Concat(Enumerable.Repeat("]", depth))}}}}}";

    private static Gen<string> JsonValues(int depth)
    {
        var texts = Gen.Elements("", "a", "é", "🙂", "\u2028", "</script>", "'", "\"", "\\", "\n", "\u007f").Select(text => JsonSerializer.Serialize(text));
        var plain = Gen.OneOf(
            texts,
            Gen.Elements("0", "-1", "2.50", "1e3", "1E-400", "123456789012345678901234567890", "true", "false", "null"));
        if (depth == 0)
        {
            return plain;
        }

        var inner = JsonValues(depth - 1);
        return Gen.OneOf(
            plain,
            inner.ListOf().Select(items => $"[{string.Join(" ,", items)}]"),
            Gen.Zip(texts, inner).ListOf().Select(members =>
                $"{{{string.Join(", ", members.DistinctBy(member => member.Item1).Select(member => $"{member.Item1} : {member.Item2}"))}}}"));
    }
}
