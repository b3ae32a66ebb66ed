using Aither;

await AitherApp.Build(args).RunAsync();
