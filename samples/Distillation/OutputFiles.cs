namespace Distillation;

/// <summary>What the program writes.</summary>
/// <param name="Chart">The path of the learning curves.</param>
/// <param name="Logits">The folder for logits, images and labels, or <see langword="null"/>.</param>
/// <param name="Weights">The folder for the teacher's weights, or <see langword="null"/>.</param>
internal sealed record OutputFiles(string Chart, string? Logits, string? Weights)
{
    /// <summary>Requires that the folders exist.</summary>
    /// <exception cref="InvalidInputException">A folder does not exist.</exception>
    public void RequireFolders()
    {
        OutputPath.RequireFolder(this.Chart);
        RequireFolder("logits", this.Logits);
        RequireFolder("weights", this.Weights);
    }

    private static void RequireFolder(string content, string? folder)
    {
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new InvalidInputException($"the {content} cannot be written: there is no folder {folder}");
        }
    }
}
