using System.ComponentModel;

namespace KlDivGen.CompilerServices;

/// <summary>
/// A loop whose iterations are independent of one another, so that <see cref="ParallelLoop"/> may run parts of it on several threads.
/// Implemented by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IParallelRange
{
    /// <summary>Runs a part of the loop. Several threads call this method of one instance at the same time.</summary>
    /// <param name="startIndex">The first iteration.</param>
    /// <param name="endIndex">The iteration after the last one.</param>
    void Run(nint startIndex, nint endIndex);
}
