using Analyzer;

await AnalyzerApp.Build(args).RunAsync();
