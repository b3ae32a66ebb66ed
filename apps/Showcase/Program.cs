return await Showcase.ShowcaseProcess.RunAsync(args);
