using System;
using System.Device.Spi;
using System.Diagnostics;
using System.Threading;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class SteadyStateTests
    {
        private const int BlockSamples = 1024;
        private readonly byte[] _status = [0xB9, 0];
        private readonly byte[] _burst = [0xF2, 0, 0, 0, 0, 0, 0];
        private readonly byte[] _answer = new byte[7];

        [Fact]
        public void Blocks_and_slow_readings_make_no_garbage()
        {
            using var board = Streaming(out VirtualAdxl345 chip);
            var word = new byte[2];
            Block(board);
            Slow(board, word);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int block = 0; block < 100; block++)
            {
                Block(board);
                Slow(board, word);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(0, chip.SamplesLost);
            Assert.Equal(0, chip.Violations.Count);
        }

        [Fact]
        public void A_paced_board_with_a_sleeping_second_thread_loses_no_sample_on_a_busy_PC()
        {
            using var board = Streaming(out VirtualAdxl345 chip, pace: 1);
            using var stop = new CancellationTokenSource();
            var link = new Thread(() =>
            {
                while (!stop.IsCancellationRequested)
                {
                    board.Time.Sleep(20_000_000); // as a link thread would
                }
            });
            link.Start();
            for (int i = 0; i < 10; i++)
            {
                Thread.Sleep(30); // the PC does something else, in the middle of a stream
                Drain(board, 50);
            }

            Assert.Equal(0, chip.SamplesLost);
            stop.Cancel();
            board.Time.Sleep(100_000_000);
            link.Join();
        }

        private VirtualEsp32 Streaming(out VirtualAdxl345 chip, double? pace = null)
        {
            var board = new VirtualEsp32(new VirtualEsp32Options { Pace = pace });
            var machine = new VirtualMachine(seed: board.Seed);
            chip = new VirtualAdxl345(board.Time, machine.Vibration, board.Seed);
            board.WireSpi(Wire.SpiBus, Wire.ChipSelect, chip);
            board.WireI2c(Wire.I2cBus, 0x48, new VirtualTmp117(board.Time, machine.Temperature, board.Seed));
            board.WireI2c(Wire.I2cBus, 0x40, new VirtualIna226(board.Time, machine.Current, board.Seed));
            board.Spi(0x31, 0x0B);
            board.Spi(0x2C, 0x0F);
            board.Spi(0x38, 0x80);
            board.Spi(0x2D, 0x08);
            return board;
        }

        private void Block(VirtualEsp32 board) => Drain(board, BlockSamples);

        private void Drain(VirtualEsp32 board, int samples)
        {
            int count = 0;
            while (count < samples)
            {
                board.TransferSpi(Wire.SpiBus, Wire.ChipSelect, SpiMode.Mode3, 5_000_000, _status, _answer.AsSpan(0, 2));
                int level = _answer[1] & 0x3F;
                for (int i = 0; i < level; i++)
                {
                    board.TransferSpi(Wire.SpiBus, Wire.ChipSelect, SpiMode.Mode3, 5_000_000, _burst, _answer);
                }

                count += level;
                board.ReadMicroseconds();
            }
        }

        private static void Slow(VirtualEsp32 board, byte[] word)
        {
            board.TransferI2c(Wire.I2cBus, 0x48, 400_000, [0x00], word);
            board.TransferI2c(Wire.I2cBus, 0x40, 400_000, [0x01], word);
        }
    }
}
