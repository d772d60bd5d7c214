using System.Runtime.InteropServices;

namespace Weir.Values;

/// <summary>Access to the instructions of a program that is being built.</summary>
internal static class RegexInstructionList
{
    public static ref RegexInstruction AsMutable(this List<RegexInstruction> instructions, int index) =>
        ref CollectionsMarshal.AsSpan(instructions)[index];
}
