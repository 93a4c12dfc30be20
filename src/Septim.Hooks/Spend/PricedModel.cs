namespace Septim.Hooks.Spend;

/// <summary>A model id of a transcript with the row that prices it. <paramref name="Name"/>: id in the table, or as written when unknown.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Written">As the transcript writes it.</param>
/// <param name="Known">False: the dearest rates stand in.</param>
/// <param name="Regional">A region prefix that costs extra for this model.</param>
/// <param name="Row">The rates.</param>
internal sealed record PricedModel(string Name, string Written, bool Known, bool Regional, PriceRow Row);
