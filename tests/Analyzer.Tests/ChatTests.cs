using Analyzer.Chat;
using Gatehouse.Testbed;

namespace Analyzer.Tests;

/// <summary>Questions, and what can honestly be said to them.</summary>
public sealed class ChatTests
{
    [Fact]
    [Proves("G17")]
    public async Task A_message_is_answered_by_counting_the_callers_own_modules_and_both_are_kept()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("Warm-up", """{"text":"Breathe in. Breathe out!","steps":["Breathe?"]}""")).OkAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("Voice", """{"text":"Speak, and breathe"}""")).OkAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("Hers", """{"text":"breathe breathe"}"""), analyzer.TokenOf(Some.UserId())).OkAsync();

        var answered = await analyzer.PostAsync(AnalyzerHost.Chat, """{"message":"Do I BREATHE or speak more?"}""").OkAsync();
        Assert.Equal(["id", "message", "answer", "statistics", "created_at"], answered.Names());
        Assert.Equal("Do I BREATHE or speak more?", answered.Text("message"));
        Assert.Equal(
            "Your 2 modules hold 8 words in 4 sentences. Of your message: “BREATHE” 4 times, in Voice, Warm-up; “speak” once, in Voice.",
            answered.Text("answer"));
        Assert.Equal(
            """{"modules":2,"words":8,"sentences":4,"characters":50,"mentions":[{"word":"BREATHE","count":4,"modules":["Voice","Warm-up"]},{"word":"speak","count":1,"modules":["Voice"]}]}""",
            answered.GetProperty("statistics").GetRawText());
        var listed = await analyzer.GetAsync(AnalyzerHost.Chat).OkAsync();
        Assert.Equal($$"""{"messages":[{{answered.GetRawText()}}],"next":null}""", listed.GetRawText());
    }

    [Fact]
    public async Task Without_modules_and_without_a_hit_it_says_so()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        Assert.Equal(AnswerText.NoModules, (await analyzer.PostAsync(AnalyzerHost.Chat, """{"message":"Anything?"}""").OkAsync()).Text("answer"));
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("a", """{"text":"One."}""")).OkAsync();
        Assert.Equal(
            "Your 1 module holds 1 word in 1 sentence. No word of your message occurs in them.",
            (await analyzer.PostAsync(AnalyzerHost.Chat, """{"message":"Anything?"}""").OkAsync()).Text("answer"));
    }

    [Fact]
    [Proves("G37")]
    public async Task Messages_are_the_callers_own_latest_first_in_pages_and_so_many_are_kept()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(settings: ("Analyzer:RequestsPerMinute", "10000"));
        await analyzer.PostAsync(AnalyzerHost.Chat, """{"message":"hers"}""", analyzer.TokenOf(Some.UserId())).OkAsync();
        await analyzer.GetAsync(AnalyzerHost.Chat).OkAsync();
        analyzer.Read<long>(
            $"""
            INSERT INTO messages (id, user_id, message, answer, statistics, created_at)
            WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < {ChatStore.Kept - 1})
            SELECT 'msg_' || n, '{AnalyzerHost.Me}', n, 'a', '{"{\"Modules\":0,\"Words\":0,\"Sentences\":0,\"Characters\":0,\"Mentions\":[]}"}', 0 FROM n; SELECT 1
            """);
        await analyzer.PostAsync(AnalyzerHost.Chat, """{"message":"1000"}""").OkAsync();
        await analyzer.PostAsync(AnalyzerHost.Chat, """{"message":"1001"}""").OkAsync();

        Assert.Equal(ChatStore.Kept + 1L, analyzer.Read<long>("SELECT count(*) FROM messages"));
        var first = await analyzer.GetAsync(AnalyzerHost.Chat + "?limit=2").OkAsync();
        var second = await analyzer.GetAsync($"{AnalyzerHost.Chat}?limit=2&cursor={first.Text("next")}").OkAsync();
        Assert.Equal(["1001", "1000", "999", "998"], ((System.Text.Json.JsonElement[])[first, second]).SelectMany(page => page.GetProperty("messages").EnumerateArray()).Select(message => message.Text("message")));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("one", "one")]
    [InlineData("Breathe in, breathe out.", "Breathe|in|breathe|out")]
    [InlineData("don't well-known -dash- 'quoted' o’clock", "don't|well-known|dash|quoted|o’clock")]
    [InlineData("3.14 v2", "3|14|v2")]
    [InlineData("naïve cafe\u0301 Straße", "naïve|cafe\u0301|Straße")]
    [InlineData("你好，世界。 🙂", "你好|世界")]
    [InlineData("𝒜b", "𝒜b")]
    public void Words_are_runs_of_letters_and_digits(string text, string words) =>
        Assert.Equal(words, string.Join('|', TextScan.Words(text)));

    [Theory]
    [InlineData("", 0)]
    [InlineData(" .!?", 0)]
    [InlineData("one", 1)]
    [InlineData("One. Two", 2)]
    [InlineData("One.", 1)]
    [InlineData("Really?! Yes...", 2)]
    [InlineData("Pi is 3.14 at example.com.", 1)]
    [InlineData("你好。世界！", 1)]
    [InlineData("“Go!” she said.", 2)]
    public void Sentences_end_where_a_mark_ends_a_word(string text, long sentences) => Assert.Equal(sentences, TextScan.CountSentences(text));
}
