namespace Septim.Hooks.Shell.Sql;

/// <summary>One statement, as far as a rule must know it. Words are in capitals.</summary>
/// <param name="Verb"><c>DROP</c>, <c>DELETE</c>; of <c>WITH … DELETE</c> the <c>DELETE</c>; empty for a client's own command.</param>
/// <param name="Object">The kind of thing that is dropped or altered: <c>TABLE</c>, <c>DATABASE</c>; for <c>ALTER TABLE … DROP COLUMN</c> that is <c>TABLE DROP COLUMN</c>.</param>
/// <param name="IsTemporary">A temporary table.</param>
/// <param name="Condition">What limits it.</param>
/// <param name="Start">Offset in the text.</param>
/// <param name="Length">Length in the text.</param>
internal readonly record struct SqlStatement(string Verb, string Object, bool IsTemporary, SqlCondition Condition, int Start, int Length);
