namespace Gatehouse.Local.Clerk.Verifications;

/// <summary>The codes that were sent through the Backend API. Those that have long expired are forgotten.</summary>
internal sealed class CodeVerificationStore
{
    private const int Most = 10_000;

    private readonly Dictionary<string, CodeVerification> _byId = new(StringComparer.Ordinal);

    public IReadOnlyCollection<CodeVerification> All => _byId.Values;

    public CodeVerification? Find(string id) => _byId.GetValueOrDefault(id);

    public void Add(CodeVerification verification)
    {
        if (_byId.Count >= Most)
        {
            _byId.Remove(_byId.Values.MinBy(known => known.ExpiresAt)!.Id);
        }

        _byId.Add(verification.Id, verification);
    }
}
