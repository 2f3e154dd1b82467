using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>One machine with one thing the matter, and the accelerometer on it; all of it drawn.</summary>
    internal sealed class HintCase
    {
        private const double LeastRpm = 600;
        private const double MostRpm = 3000;
        private const double OffSpeed = 0.01; // and slip up to 0.6 %: inside what orders (1.5 %) and races (2 %) are looked for within
        private const double FastShare = 0.7;

        // Elements, their diameter, pitch diameter, contact angle: 6203, 6204, 6205, 6206, 6207, 6208, 6306, 6308, 6310, 7206, NU 206, 22210.
        private static readonly (int Elements, double Diameter, double Pitch, double Degrees)[] Common =
        [
            (8, 6.747, 28.5, 0), (8, 7.938, 33.5, 0), (9, 7.94, 39.04, 0), (9, 9.525, 46, 0), (9, 11.112, 53.5, 0), (9, 12, 60, 0),
            (8, 12.303, 51, 0), (8, 15.081, 65, 0), (8, 19.05, 80, 0), (13, 9.525, 46, 40), (13, 9, 46.5, 0), (17, 11, 70.5, 8),
        ];

        private HintCase(MachineState state, double severity, AccelerometerKind chip, double nominalRpm, VirtualMachine machine, Mounting mounting, ulong seed)
        {
            State = state;
            Severity = severity;
            Chip = chip;
            NominalRpm = nominalRpm;
            Machine = machine;
            Mounting = mounting;
            Seed = seed;
        }

        /// <summary>Gets what is the matter.</summary>
        public MachineState State { get; }

        /// <summary>Gets how much, in the state's unit.</summary>
        public double Severity { get; }

        /// <summary>Gets the accelerometer.</summary>
        public AccelerometerKind Chip { get; }

        /// <summary>Gets the speed on the machine's plate, which the node is told.</summary>
        public double NominalRpm { get; }

        /// <summary>Gets the machine.</summary>
        public VirtualMachine Machine { get; }

        /// <summary>Gets how the accelerometer is mounted.</summary>
        public Mounting Mounting { get; }

        /// <summary>Gets the seed of this case.</summary>
        public ulong Seed { get; }

        /// <summary>Draws a case.</summary>
        /// <param name="state">What is the matter.</param>
        /// <param name="random">Where the rest comes from.</param>
        /// <param name="severity">How much; null to draw one that counts as developed.</param>
        public static HintCase Draw(MachineState state, Random random, double? severity = null)
        {
            ulong seed = (ulong)random.NextInt64();
            double nominal = Math.Round(Between(random, LeastRpm, MostRpm));
            double rpm = nominal * (1 + Between(random, -OffSpeed, OffSpeed));
            double omega = MachineState.Omega(rpm);
            double mass = Geometric(random, 5, 200);
            RollingBearing bearing = DrawBearing(random);
            var options = new MachineOptions
            {
                SpeedRpm = Profile.Constant(rpm),
                Load = Profile.Constant(Between(random, 0.2, 1)),
                MassKilograms = mass,
                UnbalanceGramMillimetres = Geometric(random, 0.15, 0.8) * Math.Sqrt(2) * 1e-3 / omega * mass * 1e6, // mm/s RMS
                UnbalanceSecondRadial = Geometric(random, 0.6, 1.6),
                UnbalanceAxial = Between(random, 0, 0.4),
                MisalignmentMicrometres = MachineState.Micrometres(Geometric(random, 0.05, 0.3), 2 * rpm),
                MisalignmentFirst = Between(random, 0.2, 0.6),
                MisalignmentThird = Between(random, 0.1, 0.4),
                MisalignmentRadial = Between(random, 0.3, 1),
                LoosenessContact = Between(random, 0.1, 0.25),
                LoosenessAlternation = Between(random, 0.4, 0.9),
                HumMillimetresPerSecond = Geometric(random, 0.02, 0.3),
                PolePassHertz = Between(random, 0.3, 3),
                Bearing = bearing,
                Resonances =
                [
                    DrawResonance(random, 1000, 2500),
                    DrawResonance(random, 2500, 5000),
                ],
                NoiseDensity = Geometric(random, 0.001, 0.01) * 1500 / rpm,
                NoiseHertz = Between(random, 4000, 8000),
                WanderPercent = Between(random, 2, 10),
            };
            double much = severity ?? (state.Most > 0 ? Geometric(random, state.Least, state.Most) : 0);
            AccelerometerKind[] chips = [.. AccelerometerKind.All.Where(chip => chip.IsFast || !state.IsBearing)];
            AccelerometerKind fast = chips.First(chip => chip.IsFast);
            AccelerometerKind chip = random.NextDouble() < FastShare ? fast : chips[random.Next(chips.Length)];
            SensorAxis axial = (SensorAxis)random.Next(3);
            SensorAxis up = (SensorAxis)(((int)axial + 1 + random.Next(2)) % 3); // the shaft lies
            var machine = new VirtualMachine(options, seed);
            machine.Apply(FaultPlan.Parse(state.Fault(options, rpm, much)));
            return new HintCase(state, much, chip, nominal, machine, new Mounting(axial, up), seed);
        }

        /// <summary>Tells what the node is told of its point.</summary>
        public string PointSettings()
        {
            RollingBearing b = Machine.Options.Bearing;
            return string.Create(CultureInfo.InvariantCulture,
                $"point=vib1 rpm={NominalRpm:F0} bearing={b.Elements},{b.Diameter:F3},{b.Pitch:F3},{b.Degrees:F0} axial={"xyz"[(int)Mounting.Axial]}{(Chip.IsFast ? string.Empty : " block=4096")}");
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            MachineOptions m = Machine.Options;
            string resonances = string.Join(" ", m.Resonances.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Hertz:F0}/{r.Damping:P1}")));
            return string.Create(CultureInfo.InvariantCulture,
                $"{State.Hint} {Severity:F2} {State.Unit}, {Chip.Name}, {NominalRpm:F0} rpm (really {m.SpeedRpm.At(0):F1}), {m.Bearing.Elements} elements (BPFO {m.Bearing.OuterRaceOrder:F3} BPFI {m.Bearing.InnerRaceOrder:F3}), resonances {resonances}, axial {Mounting.Axial}, noise {m.NoiseDensity:F4}, hum {m.HumMillimetresPerSecond:F2}");
        }

        private static RollingBearing DrawBearing(Random random)
        {
            (int elements, double diameter, double pitch, double degrees) = Common[random.Next(Common.Length)];
            if (random.Next(2) == 0)
            {
                elements = random.Next(7, 19);
                pitch = Math.Round(Between(random, 30, 150), 2);
                diameter = Math.Round(pitch * Between(random, 0.12, Math.Min(0.28, 0.85 * Math.PI / elements)), 2);
                degrees = random.Next(2) * random.Next(5, 41);
            }

            return new RollingBearing(elements, diameter, pitch, degrees)
            {
                SlipPercent = Between(random, 0, 0.6),
                JitterPercent = Between(random, 0.5, 1.5),
                LoadZone = Between(random, 0.4, 0.9),
            };
        }

        private static Resonance DrawResonance(Random random, double least, double most) =>
            new(
                Between(random, least, most),
                Between(random, 0.01, 0.05),
                Between(random, 0.4, 1),
                Between(random, 0.4, 1),
                Between(random, 0.15, 0.6));

        private static double Between(Random random, double least, double most) => least + ((most - least) * random.NextDouble());

        private static double Geometric(Random random, double least, double most) => least * Math.Pow(most / least, random.NextDouble());
    }
}
