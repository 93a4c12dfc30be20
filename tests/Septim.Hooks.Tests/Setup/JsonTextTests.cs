using System.Text;
using CsCheck;
using Septim.Hooks.Setup;

namespace Septim.Hooks.Tests.Setup;

public sealed class JsonTextTests
{
    private const string Value = """{"matcher":"*","hooks":[{"n":10,"args":["hook"],"on":true,"none":[]}]}""";

    [Theory]
    [InlineData("{}", "{\n  \"k\": 1\n}")]
    [InlineData("{ }\n", "{\n  \"k\": 1\n}\n")]
    [InlineData("{\"a\":1}", "{\"a\":1,\"k\":1}")]
    [InlineData("{\"a\": 1}", "{\"a\": 1, \"k\": 1}")]
    [InlineData("{\"a\":1, \"b\":2}", "{\"a\":1, \"b\":2, \"k\":1}")]
    [InlineData("{\n  \"a\": 1\n}\n", "{\n  \"a\": 1,\n  \"k\": 1\n}\n")]
    [InlineData("{\r\n\t\"a\": 1\r\n}", "{\r\n\t\"a\": 1,\r\n\t\"k\": 1\r\n}")]
    [InlineData("{\n    \"a\": 1,\n\n\n    \"b\": 2\n}", "{\n    \"a\": 1,\n\n\n    \"b\": 2,\n    \"k\": 1\n}")]
    [InlineData("\uFEFF{\n \"a\": 1 }", "\uFEFF{\n \"a\": 1,\n \"k\": 1 }")]
    public void Adds_a_member_in_the_layout_of_the_file(string before, string after)
    {
        var text = Parse(before);
        Assert.Equal(after, Show(text.Append(text.Root, "k", "1"u8)));
    }

    [Fact]
    public void Lays_nested_values_out_with_the_indentation_of_the_file()
    {
        var text = Parse("{\n\t\"a\": 1\n}\n");
        Assert.Equal(
            "{\n\t\"a\": 1,\n\t\"h\": {\n\t\t\"matcher\": \"*\",\n\t\t\"hooks\": [\n\t\t\t{\n\t\t\t\t\"n\": 10,\n\t\t\t\t\"args\": [\n\t\t\t\t\t\"hook\"\n\t\t\t\t],\n"
            + "\t\t\t\t\"on\": true,\n\t\t\t\t\"none\": []\n\t\t\t}\n\t\t]\n\t}\n}\n",
            Show(text.Append(text.Root, "h", Encoding.UTF8.GetBytes(Value))));
    }

    [Fact]
    public void Indents_below_a_list_that_stands_on_one_line()
    {
        var text = Parse("{\n  \"a\": [{ \"b\": 1 }]\n}");
        Assert.Equal("{\n  \"a\": [{ \"b\": 1 }, {\n    \"c\": 2\n  }]\n}", Show(text.Append(text.Root["a"]!, null, """{"c":2}"""u8)));
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":2,\"c\":3}", 0, "{\"b\":2,\"c\":3}")]
    [InlineData("{\"a\":1,\"b\":2,\"c\":3}", 1, "{\"a\":1,\"c\":3}")]
    [InlineData("{\n  \"a\": 1,\n  \"b\": 2\n}\n", 1, "{\n  \"a\": 1\n}\n")]
    [InlineData("{\n  \"a\": 1,\n  \"b\": 2\n}\n", 0, "{\n  \"b\": 2\n}\n")]
    [InlineData("[ 1 ]", 0, "[]")]
    public void Takes_an_item_out_with_its_comma(string before, int index, string after)
    {
        var text = Parse(before);
        Assert.Equal(after, Show(text.Remove(text.Root, index)));
    }

    [Fact]
    public void Of_a_repeated_name_the_last_counts_as_in_JavaScript() =>
        Assert.Equal("2", Encoding.UTF8.GetString(Parse("{\"a\":1,\"a\":2}") is var text ? text.Raw(text.Root["a"]!) : default));

    [Theory]
    [InlineData("{\n  // why\n}", 2)]
    [InlineData("{\n\"a\": 1,\n}", 3)]
    [InlineData("{\"a\": ", 1)]
    [InlineData("{} {}", 1)]
    [InlineData("{\n\n\"a\" 1}", 3)]
    public void Names_the_line_of_what_is_not_strict_JSON(string bad, int line)
    {
        var fault = Assert.Throws<HookFault>(() => Parse(bad));
        Assert.StartsWith($"/x/settings.json:{line}: not valid JSON", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":[1,\"\\u0041\"]}", "{ \"a\" : [ 1 , \"A\" ] }", true)]
    [InlineData("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", false)]
    [InlineData("[1]", "[1,2]", false)]
    [InlineData("1.0", "1", false)]
    public void Compares_what_two_values_say(string a, string b, bool same) =>
        Assert.Equal(same, JsonText.SameValue(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b)));

    [Fact]
    public void Taking_out_what_was_added_restores_every_byte() =>
        Documents.Sample(document =>
        {
            var text = Parse(document);
            foreach (var container in Containers(text.Root))
            {
                if (container.Items.Count == 0) continue;
                var added = text.Append(container, container.IsObject ? "added" : null, Encoding.UTF8.GetBytes(Value));
                var same = Containers(added.Root).First(candidate => candidate.Start == container.Start);
                Assert.Equal(container.Items.Count + 1, same.Items.Count);
                Assert.True(JsonText.SameValue(added.Raw(same.Items[^1]), Encoding.UTF8.GetBytes(Value)));
                Assert.Equal(document, Show(added.Remove(same, same.Items.Count - 1)));
            }
        }, iter: 500);

    private static readonly Gen<string> White = Gen.OneOf("", "", " ", "\n", "\n  ", "\r\n\t", " \n\n    ");

    private static readonly Gen<string> Documents = Gen.Recursive<string>((depth, nested) =>
    {
        var leaf = Gen.OneOf("1", "-2.5e3", "true", "null", "\"é \\u0041\\n\"", "\"//\"", "{}", "[ ]");
        if (depth > 3) return leaf;
        var items = Gen.Select(White, nested, White, (a, value, b) => a + value + b).Array[0, 3];
        var members = Gen.Select(White, Gen.OneOf("a", "b", "hooks"), White, White, nested, White, (a, name, b, c, value, d) => $"{a}\"{name}\"{b}:{c}{value}{d}").Array[0, 3];
        return Gen.OneOf(leaf, items.Select(parts => $"[{string.Join(',', parts)}]"), members.Select(parts => $"{{{string.Join(',', parts)}}}"));
    });

    private static IEnumerable<JsonPart> Containers(JsonPart part) =>
        part.Items.SelectMany(Containers).Prepend(part).Where(candidate => candidate.IsObject || candidate.IsArray);

    private static JsonText Parse(string text) => JsonText.Parse(Encoding.UTF8.GetBytes(text), "/x/settings.json");

    private static string Show(JsonText text) => Encoding.UTF8.GetString(text.Bytes);
}
