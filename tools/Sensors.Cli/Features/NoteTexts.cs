using Sensors.Node;

namespace Sensors.Cli.Features
{
    /// <summary>What each of <see cref="QualityNotes"/> says, for people.</summary>
    internal static class NoteTexts
    {
        public static string Of(int note) => note switch
        {
            QualityNotes.AliasingRisk => "much of the energy is close to half the sampling rate; what lies above it may be folded into the values",
            QualityNotes.RateError => "the rate is more than 5 % off the one that was set",
            QualityNotes.Gap => "samples are missing inside the window",
            QualityNotes.VelocityWindow => "the window is too short for velocity and displacement: 0.5 s and 5 periods of the band's lower edge are needed",
            QualityNotes.VelocityRate => "the rate is too low for the velocity band's upper edge",
            QualityNotes.EnvelopeWindow => "the window is too short for the envelope's lines: 0.5 s is needed",
            QualityNotes.EnvelopeRate => "the rate is too low for the envelope's band",
            QualityNotes.OrdersWindow => "the window is too short to part the orders of the shaft",
            QualityNotes.SpectrumWindow => "the window is too short for a spectrum",
            QualityNotes.Standstill => "the machine stands still",
            QualityNotes.CurrentWindow => "the rate or the window does not reach to the current's harmonics or sidebands",
            _ => "something limits the values",
        };
    }
}
