namespace Gatehouse.Local.Clerk.Users;

/// <summary>A repeatable filter whose values may be signed: + or nothing includes, - excludes.</summary>
internal sealed class SignedValues
{
    private readonly HashSet<string> _included = new(StringComparer.Ordinal);
    private readonly HashSet<string> _excluded = new(StringComparer.Ordinal);

    private SignedValues() { }

    /// <summary>What must be among a list's values; empty when anything may.</summary>
    public IReadOnlyCollection<string> Included => _included;

    public static SignedValues? Of(IReadOnlyList<string>? values)
    {
        if (values is null)
        {
            return null;
        }

        var signed = new SignedValues();
        foreach (var value in values.Where(value => value.Length > 0))
        {
            // A plus sign that was not encoded arrives as the space that it stands for in a query.
            (value[0] == '-' ? signed._excluded : signed._included).Add(value.TrimStart('+', '-', ' '));
        }

        return signed;
    }

    public bool Allow(IEnumerable<string> values)
    {
        var found = _included.Count == 0;
        foreach (var value in values)
        {
            if (_excluded.Contains(value))
            {
                return false;
            }

            found |= _included.Contains(value);
        }

        return found;
    }
}
