using System.Collections.Concurrent;
using System.Text.Json;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Delivery;

/// <summary>
/// Secrets by name, never by value: <c>env:NAME</c> is a variable, <c>file:NAME</c> an entry of <c>secrets.json</c> in the person's
/// septim folder, which must have mode 0600. Neither their values nor addresses that hold one are ever logged.
/// </summary>
internal sealed class Secrets(string userDirectory, ProjectVariables variables)
{
    /// <summary>A shorter part of an address is a word like any other.</summary>
    private const int MinPartLength = 6;

    private readonly ConcurrentDictionary<string, bool> _given = new(StringComparer.Ordinal);

    private string SecretsFile => Path.Combine(userDirectory, "secrets.json");

    /// <param name="reference">As the configuration says it.</param>
    /// <param name="field">For the message.</param>
    /// <exception cref="DeliveryFailure">It is not there, or written out in the configuration.</exception>
    public string Get(string reference, string field)
    {
        if (reference.StartsWith("env:", StringComparison.Ordinal))
            return Remember(variables.Get(reference[4..]) ?? throw new DeliveryFailure(FailureKind.Stuck, $"{field} needs the variable {reference[4..]}, which is not set"));
        if (reference.StartsWith("file:", StringComparison.Ordinal)) return Remember(FromFile(reference[5..], field));
        throw new DeliveryFailure(FailureKind.Stuck, $"{field} is a secret: write env:NAME for a variable, or file:NAME for an entry of {SecretsFile}");
    }

    /// <summary>Text that may hold a secret but need not: an address, a header.</summary>
    public string Resolve(string text, string field) =>
        text.StartsWith("env:", StringComparison.Ordinal) || text.StartsWith("file:", StringComparison.Ordinal) ? Get(text, field) : text;

    /// <summary>Notes a value that is sent and must not be shown.</summary>
    public string Remember(string value)
    {
        Note(value);
        if (value.LastIndexOf(' ') is >= 0 and var space) Note(value[(space + 1)..]);
        if (!Uri.TryCreate(value, UriKind.Absolute, out var address)) return value;
        Note(address.PathAndQuery);
        foreach (var part in address.PathAndQuery.Split('/', '?', '&', '=')) Note(part);
        foreach (var part in address.UserInfo.Split(':')) Note(part);
        return value;
    }

    /// <summary>A receiver's answer without what was sent to it: some repeat the path or the headers of a request that they refuse.</summary>
    public string Masked(string answer)
    {
        foreach (var value in _given.Keys.OrderByDescending(value => value.Length)) answer = answer.Replace(value, "***", StringComparison.OrdinalIgnoreCase);
        return answer;
    }

    private void Note(string value)
    {
        if (value.Length >= MinPartLength) _given.TryAdd(value, true);
    }

    private string FromFile(string name, string field)
    {
        if (!File.Exists(SecretsFile)) throw new DeliveryFailure(FailureKind.Stuck, $"{field} needs {SecretsFile}, which does not exist");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(SecretsFile) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
            throw new DeliveryFailure(FailureKind.Stuck, $"{SecretsFile} can be read by others: chmod 600 it");
        try
        {
            var secrets = JsonElement.Parse(RegularFile.Read(SecretsFile));
            return secrets.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text
                ? text
                : throw new DeliveryFailure(FailureKind.Stuck, $"{field} needs the entry \"{name}\" of {SecretsFile}, which is not there");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new DeliveryFailure(FailureKind.Stuck, $"{SecretsFile} cannot be read as one JSON object of texts", cause: e);
        }
    }
}
