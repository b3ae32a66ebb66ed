namespace ShtetlZmanim;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Code">What kind of fault; stable.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="Message">What to change.</param>
public sealed record RequestFault(string Code, string Parameter, string Message);
