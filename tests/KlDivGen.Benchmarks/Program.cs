using KlDivGen.Benchmarks;

return await Commands.Root.Parse(args).InvokeAsync();
