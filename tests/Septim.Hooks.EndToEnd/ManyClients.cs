namespace Septim.Hooks.EndToEnd;

/// <summary>Tests that run several clients at once have the machine to themselves.</summary>
[CollectionDefinition(nameof(ManyClients), DisableParallelization = true)]
public sealed class ManyClients;
