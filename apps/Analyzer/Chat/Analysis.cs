using System.Globalization;
using System.Text.Json;

namespace Analyzer.Chat;

/// <summary>Counts a user's modules, one after the other, and looks in them for the words of a message. It understands nothing, and says so.</summary>
internal sealed class Analysis
{
    private const int MinimumWordLength = 3;
    private const int MaximumWords = 200;
    private const int MaximumMentions = 10;
    private const int MaximumNames = 5;

    private readonly Dictionary<string, Found> _words = new(StringComparer.OrdinalIgnoreCase);
    private int _modules;
    private long _total;
    private long _sentences;
    private long _characters;

    public Analysis(string message)
    {
        foreach (var word in TextScan.Words(message).Where(word => word.Length >= MinimumWordLength).Take(MaximumWords))
        {
            _words.TryAdd(word, new Found(word));
        }
    }

    public void Add(string name, JsonElement content)
    {
        _modules++;
        foreach (var text in TextsOf(content))
        {
            _sentences += TextScan.CountSentences(text);
            _characters += new StringInfo(text).LengthInTextElements;
            foreach (var word in TextScan.Words(text))
            {
                _total++;
                if (_words.TryGetValue(word, out var found))
                {
                    found.Count++;
                    found.Names.Add(name);
                }
            }
        }
    }

    public ModuleStatistics ToStatistics() => new(
        _modules,
        _total,
        _sentences,
        _characters,
        [
            .. _words.Values
                .Where(found => found.Count > 0)
                .OrderByDescending(found => found.Count)
                .ThenBy(found => found.Word, StringComparer.OrdinalIgnoreCase)
                .Take(MaximumMentions)
                .Select(found => new Mention(found.Word, found.Count, [.. found.Names.Take(MaximumNames)])),
        ]);

    private static IEnumerable<string> TextsOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(TextsOf),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => TextsOf(member.Value)),
        _ => [],
    };

    private sealed class Found(string word)
    {
        public string Word => word;

        public long Count { get; set; }

        public SortedSet<string> Names { get; } = new(StringComparer.Ordinal);
    }
}
