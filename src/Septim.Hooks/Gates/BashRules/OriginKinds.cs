namespace Septim.Hooks.Gates.BashRules;

/// <summary>What some bytes may hold, by the commands and files they came through.</summary>
[Flags]
internal enum OriginKinds
{
    None = 0,
    /// <summary>They came over the network.</summary>
    Network = 1,
    /// <summary>They were decoded, decrypted or otherwise made readable on the way.</summary>
    Decoded = 2,
    /// <summary>The bytes of a secret file, or of a key store.</summary>
    Secret = 4,
    /// <summary>The whole environment.</summary>
    Environment = 8,
    /// <summary>The output of a program that is not a plain reader of files: nothing is known of it.</summary>
    Computed = 16,
    /// <summary>A tool of a secret store, a cloud or a keychain printed them: one secret that its owner asked for.</summary>
    Token = 32,
    /// <summary>They were copied out of a container, a pod or a device: somebody's own, but unseen here.</summary>
    Container = 64,
}
