using ShtetlZmanim;

await ShtetlZmanimApp.Build(args).RunAsync();
