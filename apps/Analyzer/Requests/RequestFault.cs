namespace Analyzer.Requests;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Code">What kind of fault; stable.</param>
/// <param name="Path">The members that lead to it; empty for the body as a whole.</param>
/// <param name="Message">What to change.</param>
public sealed record RequestFault(string Code, IReadOnlyList<string> Path, string Message);
