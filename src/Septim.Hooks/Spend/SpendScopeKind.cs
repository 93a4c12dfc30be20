namespace Septim.Hooks.Spend;

internal enum SpendScopeKind : byte
{
    Session,
    Run,
    Day,
    Directory,
}
