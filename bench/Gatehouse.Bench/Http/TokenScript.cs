namespace Gatehouse.Bench.Http;

/// <summary>Makes wrk send another token with each request.</summary>
internal sealed class TokenScript : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gatehouse-bench-");

    public TokenScript(IEnumerable<string> tokens)
    {
        var tokenFile = System.IO.Path.Combine(_folder.FullName, "tokens.txt");
        File.WriteAllLines(tokenFile, tokens);
        Path = System.IO.Path.Combine(_folder.FullName, "tokens.lua");
        File.WriteAllText(
            Path,
            $$"""
            local requests, n = {}, 0
            function init()
              for token in io.lines("{{tokenFile}}") do
                requests[#requests + 1] = wrk.format("GET", nil, { ["Authorization"] = "Bearer " .. token })
              end
            end
            function request()
              n = n % #requests + 1
              return requests[n]
            end
            """);
    }

    public string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
