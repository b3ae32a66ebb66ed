namespace Analyzer.Modules;

/// <summary>Some of a user's modules, in the order in which they were first saved.</summary>
/// <param name="Modules">The modules.</param>
/// <param name="Next">The cursor of what comes after them; null at the end.</param>
public sealed record ModulePage(IReadOnlyList<Module> Modules, string? Next);
