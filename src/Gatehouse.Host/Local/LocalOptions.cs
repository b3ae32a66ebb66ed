using System.CommandLine;
using System.Globalization;

namespace Gatehouse.Host.Local;

/// <summary>What <c>gatehouse local</c> and <c>gatehouse dev</c> can be told alike.</summary>
internal sealed class LocalOptions
{
    private const int DefaultPort = 5400;

    private readonly Option<int> _port = new("--port", "-p") { Description = "The port on loopback; 0 for a free one", DefaultValueFactory = _ => DefaultPort };
    private readonly Option<FileInfo?> _seedFile = new("--seed-file") { Description = "A JSON file with the users, organizations and so on to begin with" };
    private readonly Option<int?> _users = new("--users") { Description = "How many users to make up besides" };
    private readonly Option<FileInfo?> _data = new("--data") { Description = "A file that everything is kept in from one start to the next" };
    private readonly Option<bool> _json = new("--json") { Description = "Answer in JSON" };

    public void AddTo(Command command)
    {
        DemandRange(_port, 0, 65_535);
        DemandRange(_users, 0, int.MaxValue);
        foreach (var option in (Option[])[_port, _seedFile, _users, _data, _json])
        {
            command.Options.Add(option);
        }
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>The file that is to be read and is not there; else null.</summary>
    public string? FindMissingFile(ParseResult parsed) =>
        parsed.GetValue(_seedFile) is { Exists: false } missing ? missing.FullName : null;

    /// <summary>The local Clerk's settings.</summary>
    public Dictionary<string, string?> Settings(ParseResult parsed)
    {
        var port = parsed.GetValue(_port);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            // Both loopback addresses, since programs differ in which one localhost means to them. Only a fixed port can be had on both.
            ["urls"] = port == 0 ? "http://127.0.0.1:0" : string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"),
        };
        Add("LocalClerk:SeedFile", parsed.GetValue(_seedFile)?.FullName);
        Add("LocalClerk:Users", parsed.GetValue(_users)?.ToString(CultureInfo.InvariantCulture));
        Add("LocalClerk:DataFile", parsed.GetValue(_data)?.FullName);
        return settings;

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                settings[key] = value;
            }
        }
    }

    // The validator runs before the text is known to be a number; what is none is told by the parser.
    private static void DemandRange(Option option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token]
            && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && (number < least || number > most))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} must be {least} to {most}"));
        }
    });
}
