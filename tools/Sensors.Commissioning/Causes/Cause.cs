namespace Sensors.Commissioning
{
    /// <summary>Why a trial failed, in a node's word, and what to do about it.</summary>
    /// <param name="Word">The node's word, such as <c>wrong-password</c>; stable.</param>
    /// <param name="Stage">The stage it belongs to, such as <c>wifi</c>.</param>
    /// <param name="Ask">What to ask again.</param>
    /// <param name="Title">What happened, in a few words.</param>
    /// <param name="Hint">What to do about it.</param>
    /// <param name="ChineseTitle">The title in Chinese.</param>
    /// <param name="ChineseHint">The hint in Chinese.</param>
    public sealed record Cause(string Word, string Stage, Question Ask, string Title, string Hint, string ChineseTitle, string ChineseHint);
}
