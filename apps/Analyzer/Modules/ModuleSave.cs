namespace Analyzer.Modules;

/// <summary>A module as it is to be saved.</summary>
/// <param name="Name">What its user calls it. Saving under a name again replaces what was there.</param>
/// <param name="Content">An object of the user's own making, as compact JSON.</param>
internal sealed record ModuleSave(string Name, string Content)
{
    public const int MaximumNameLength = 200;
}
