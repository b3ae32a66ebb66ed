return await Gatehouse.Host.GatehouseTool.RunAsync(args, Console.Out, Console.Error);
