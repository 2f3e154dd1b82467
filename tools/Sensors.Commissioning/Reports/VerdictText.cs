namespace Sensors.Commissioning
{
    /// <summary>The words for verdicts.</summary>
    public static class VerdictText
    {
        /// <summary>Gives the stable word.</summary>
        /// <param name="verdict">The verdict.</param>
        /// <returns>Such as <c>accepted</c>.</returns>
        public static string Word(AcceptanceVerdict verdict) => verdict switch
        {
            AcceptanceVerdict.Accepted => "accepted",
            AcceptanceVerdict.Reservations => "reservations",
            AcceptanceVerdict.NoReading => "no-reading",
            AcceptanceVerdict.NotWatched => "not-watched",
            _ => "not-paired",
        };

        /// <summary>Gives a sentence.</summary>
        /// <param name="verdict">The verdict.</param>
        /// <returns>English.</returns>
        public static string Sentence(AcceptanceVerdict verdict) => verdict switch
        {
            AcceptanceVerdict.Accepted => "Accepted: a good reading of every point was seen at the broker.",
            AcceptanceVerdict.Reservations => "Paired with reservations: a point is missing or tells a fault.",
            AcceptanceVerdict.NoReading => "Paired, but no reading was seen at the broker.",
            AcceptanceVerdict.NotWatched => "Paired; nobody listened at the broker.",
            _ => "Not paired: the node has its old settings.",
        };

        /// <summary>Gives the sentence in Chinese.</summary>
        /// <param name="verdict">The verdict.</param>
        /// <returns>Chinese.</returns>
        public static string Chinese(AcceptanceVerdict verdict) => verdict switch
        {
            AcceptanceVerdict.Accepted => "验收通过：在代理服务器上已收到每个测点的有效读数。",
            AcceptanceVerdict.Reservations => "已配对，但有保留：有测点缺失或报告故障。",
            AcceptanceVerdict.NoReading => "已配对，但代理服务器上没有收到读数。",
            AcceptanceVerdict.NotWatched => "已配对；未在代理服务器上核对读数。",
            _ => "未配对：节点仍使用原有设置。",
        };
    }
}
