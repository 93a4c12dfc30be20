namespace Septim.Hooks.Spend;

/// <summary>Where the figures of one folder's transcripts stand behind the head of a <see cref="FileTable"/>; the print proves them.</summary>
internal readonly record struct FiguresPlace(int Offset, int Length, ulong Print);
