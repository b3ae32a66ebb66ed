namespace Analyzer.Requests;

/// <summary>The faults of one request, as many as a person reads.</summary>
internal sealed class FaultList
{
    private const int Maximum = 20;

    private readonly List<RequestFault> _faults = [];

    public IReadOnlyList<RequestFault> All => _faults;

    public bool IsEmpty => _faults.Count == 0;

    public bool IsFull => _faults.Count == Maximum;

    public void Add(string code, IReadOnlyList<string> path, string message)
    {
        if (!IsFull)
        {
            _faults.Add(new RequestFault(code, path, message));
        }
    }
}
