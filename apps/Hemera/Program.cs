using Hemera;

await HemeraApp.Build(args).RunAsync();
