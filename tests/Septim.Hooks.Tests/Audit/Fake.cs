namespace Septim.Hooks.Tests.Audit;

/// <summary>Values in the shape of secrets, put together at run time, so that no whole one stands in this repository.</summary>
internal static class Fake
{
    public static string AnthropicKey(int seed = 1) => "sk-" + "ant-" + "api03-" + Random(93, seed) + "AA";
    public static string AdminKey => "sk-" + "ant-" + "admin01-" + Random(93, 7) + "AA";
    public static string StripeLive => "sk_" + "live_" + Random(24, 2);
    public static string StripeTest => "sk_" + "test_" + Random(24, 3);
    public static string GitHub => "gh" + "p_" + Random(36, 4);
    public static string AwsId => "AK" + "IA" + "QR7" + "ZT5MHVNX3" + "JW2P";
    public static string AwsSecret => Random(40, 5);
    public static string SlackHook => "https://hooks." + "slack.com/services/" + "T" + Random(8, 6).ToUpperInvariant() + "/" + "B" + Random(8, 8).ToUpperInvariant() + "/" + Random(24, 9);
    public static string Password => "Zx" + "9q" + Random(10, 11);

    public static string Uri(string host = "db.acme.io", string user = "app", string database = "main") => $"postgres://{user}:{Password}@{host}:5432/{database}";

    public static string Random(int length, int seed)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        var state = (uint)(seed * 2654435761 % 4294967291) | 1;
        var text = new char[length];
        for (var i = 0; i < length; i++)
        {
            state = unchecked((state * 1664525) + 1013904223);
            text[i] = Letters[(int)((state >> 16) % (uint)Letters.Length)];
        }
        return new string(text);
    }
}
