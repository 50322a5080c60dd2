using KlDivGen.Package.Tests;

[assembly: AssemblyFixture(typeof(PackedPackage))]
