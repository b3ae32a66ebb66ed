namespace Gatehouse.Local.Clerk.Data.Seeding;

/// <summary>All that is wrong with a seed file, each with its path, so that one message names everything.</summary>
internal sealed class SeedFaults
{
    private readonly List<string> _faults = [];

    public void Add(string path, string text) => _faults.Add(Line($"{(path.Length == 0 ? "the file" : path)}: {text}"));

    /// <exception cref="InvalidOperationException">Something was wrong.</exception>
    public void ThrowIfAny(string file)
    {
        if (_faults.Count > 0)
        {
            var count = _faults.Count == 1 ? "a fault" : $"{_faults.Count} faults";
            throw new InvalidOperationException($"The seed file {file} has {count}:{string.Concat(_faults.Select(fault => $"\n  {fault}"))}");
        }
    }

    // What the file holds must not break the message into lines that look like faults of their own.
    private static string Line(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '\uFFFD' : character));
}
