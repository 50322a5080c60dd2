namespace KlDivGen.Package.Tests;

/// <summary>The public API of the runtime assembly is the one in <c>PublicApi.verified.txt</c>, until a person accepts a change.</summary>
public class PublicApiTests
{
    [Fact]
    public void The_public_api_is_the_accepted_one()
    {
        string folder = RepositoryRoot.Combine("tests/KlDivGen.Package.Tests");
        string verified = Path.Combine(folder, "PublicApi.verified.txt");
        string received = Path.Combine(folder, "PublicApi.received.txt");

        string actual = PublicApi.Print(typeof(KLDivLossAttribute).Assembly);
        string accepted = File.Exists(verified) ? File.ReadAllText(verified) : string.Empty;
        if (actual == accepted)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail(
            "The public API has changed. Compare PublicApi.received.txt with PublicApi.verified.txt beside it; to accept the change:\n"
            + $"mv {received} {verified}");
    }
}
