using System.Text.Json;

namespace Septim.Hooks.Setup;

/// <summary>One value of a JSON text and where it stands, in bytes from the text's start.</summary>
/// <param name="Kind">Object, Array, String, Number, True, False or Null.</param>
/// <param name="Start">First byte of the value.</param>
/// <param name="End">The byte after its last one.</param>
/// <param name="Name">Its name in the object that holds it; null in arrays and at the root.</param>
/// <param name="NameStart">The name's opening quote; equals <paramref name="Start"/> when there is no name.</param>
/// <param name="Items">Members of an object or elements of an array, in order, repeated names included.</param>
internal sealed record JsonPart(
    JsonValueKind Kind, int Start, int End, string? Name, int NameStart, IReadOnlyList<JsonPart> Items)
{
    public bool IsObject => Kind == JsonValueKind.Object;
    public bool IsArray => Kind == JsonValueKind.Array;

    /// <summary>The member of that name; of a repeated name the last one, as in JavaScript. Null when there is none.</summary>
    public JsonPart? this[string name]
    {
        get
        {
            for (var i = Items.Count - 1; i >= 0; i--)
                if (IsObject && Items[i].Name == name) return Items[i];
            return null;
        }
    }
}
