namespace GoodTalk.Analysis;

/// <summary>Some of a user's modules.</summary>
internal sealed record ModulePage(IReadOnlyList<Module> Modules);
