using System.CommandLine;
using KlDivGen.Benchmarks;

// The program compiled ahead of time has only the first command: Suite/ is not part of it.
RootCommand root = new("Benchmarks of the kernels that KlDivGen generates.") { Commands.Ratios() };
Commands.AddSuite(root);
return root.Parse(args).Invoke();
