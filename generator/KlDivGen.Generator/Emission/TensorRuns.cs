using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells the iterators over tensors, and the readers and writers that provide their blocks as contiguous memory.</summary>
internal sealed class TensorRuns(SourceWriter writer, LocalNames locals)
{
    private string Workspace => locals["workspaceLength"];

    /// <summary>The name of the reader or writer of an operand.</summary>
    public string Name(Operand operand) => this.Name(operand.Name, operand.IsDestination);

    /// <summary>The name of the reader or writer of a role.</summary>
    public string Name(string role, bool isDestination) => locals[role + (isDestination ? "Writer" : "Reader")];

    /// <summary>Declares the length of each iterator's, reader's and writer's own memory on the stack.</summary>
    public void DeclareWorkspace(string tensor) =>
        writer.Line($"int {this.Workspace} = {CSharp.Runtime}.TensorIterator.WorkspaceLength({tensor}.Rank);");

    /// <summary>Declares an iterator.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tensor">A tensor of the iterator's shape.</param>
    /// <param name="inOrder">Whether elements are visited by their row-major index.</param>
    /// <param name="strides">The strides of all operands.</param>
    public void DeclareIterator(string name, string tensor, bool inOrder, IEnumerable<string> strides) => writer.Line(
        $"{CSharp.Runtime}.TensorIterator {locals[name]} = new({tensor}.FlattenedLength, {tensor}.Lengths, "
        + $"stackalloc {locals.NInt}[{this.Workspace}], inOrder: {(inOrder ? "true" : "false")}, {string.Join(", ", strides)});");

    /// <summary>Declares a reader or a writer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isDestination">Whether it writes.</param>
    /// <param name="type">The type of the elements.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="iterator">The iterator.</param>
    /// <param name="buffer">The memory for elements that are not contiguous.</param>
    public void Declare(string name, bool isDestination, string type, string tensor, string iterator, string buffer) => writer.Line(
        $"{CSharp.Runtime}.Tensor{(isDestination ? "Writer" : "Reader")}<{type}> {name} = new("
        + $"{tensor}, {locals[iterator]}, stackalloc {locals.NInt}[{this.Workspace}], {buffer});");

    /// <summary>Declares the reader or the writer of an operand, with a buffer from the pool.</summary>
    /// <param name="operand">The operand.</param>
    /// <param name="tensor">The operand's parameter.</param>
    /// <param name="bufferArguments">The arguments of the buffer.</param>
    public void DeclareWithPooledBuffer(Operand operand, string tensor, string bufferArguments)
    {
        string type = operand.Element.ToCSharp();
        string buffer = locals[operand.Name + "Buffer"];
        writer.Line($"using {CSharp.Runtime}.PooledBuffer<{type}> {buffer} = new({bufferArguments});");
        this.Declare(this.Name(operand), operand.IsDestination, type, tensor, "iterator", $"{buffer}.Span");
    }
}
