using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sensors.Node;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Pairing.Tests.Keys
{
    /// <summary>A session says what Python computed, and takes nothing else: no other code, no altered byte, nothing twice.</summary>
    public class SessionTests
    {
        private static readonly byte[] Key = PairingKeys.OfCode(SessionVector.Code, SessionVector.Name, SessionVector.Iterations);
        private static readonly byte[] NodeNonce = SessionVector.Bytes("node_nonce");
        private static readonly byte[] ToolNonce = SessionVector.Bytes("tool_nonce");
        private static readonly PairingKeys Keys = PairingKeys.Derive(Key, NodeNonce, ToolNonce);

        [Fact]
        public void Keys_and_proofs_are_those_of_the_vector()
        {
            Assert.Equal(PairingKeys.Iterations, SessionVector.Iterations);
            Assert.Equal(SessionVector.Text("key"), HexText.Of(Key));
            Assert.Equal(SessionVector.Text("tool_proof"), HexText.Of(PairingKeys.ToolProof(Key, NodeNonce, ToolNonce)));
            Assert.Equal(SessionVector.Text("node_proof"), HexText.Of(PairingKeys.NodeProof(Key, NodeNonce, ToolNonce)));
            Assert.Equal(SessionVector.Text("keys"), HexText.Of([.. Keys.ToolCipher, .. Keys.ToolMac, .. Keys.NodeCipher, .. Keys.NodeMac]));
        }

        [Fact]
        public void Frames_are_those_of_the_vector()
        {
            byte[] request = Encoding.UTF8.GetBytes(SessionVector.Text("request"));
            byte[] answer = Encoding.UTF8.GetBytes(SessionVector.Text("answer"));
            PairingSession tool = PairingSession.OfTool(Keys, new FixedRandom(SessionVector.Bytes("request_iv")));
            PairingSession node = PairingSession.OfNode(Keys, new FixedRandom(SessionVector.Bytes("answer_iv")));
            byte[] asked = tool.Seal(request, request.Length);
            Assert.Equal(SessionVector.Text("request_frame"), HexText.Of(asked));
            Assert.Equal(request, node.Open(asked, asked.Length));
            byte[] told = node.Seal(answer, answer.Length);
            Assert.Equal(SessionVector.Text("answer_frame"), HexText.Of(told));
            Assert.Equal(answer, tool.Open(told, told.Length));
        }

        [Fact]
        public void Every_length_comes_back_with_the_padding_its_length_asks_for()
        {
            (PairingSession tool, PairingSession node) = Sides();
            foreach (int length in Enumerable.Range(1, 70).Append(PairingFrame.MostText - 1).Append(PairingFrame.MostText))
            {
                byte[] text = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
                byte[] frame = tool.Seal(text, length);
                Assert.Equal(52 + (16 * ((length / 16) + 1)), frame.Length);
                Assert.InRange(frame.Length, PairingFrame.Shortest, PairingFrame.Longest);
                Assert.Equal(text, node.Open(frame, frame.Length));
            }

            Assert.Throws<ArgumentException>(() => tool.Seal(new byte[1], 0));
            Assert.Throws<ArgumentException>(() => tool.Seal(new byte[PairingFrame.MostText + 1], PairingFrame.MostText + 1));
        }

        [Fact]
        public void An_altered_byte_in_any_place_is_refused_and_changes_nothing()
        {
            (PairingSession tool, PairingSession node) = Sides();
            byte[] frame = tool.Seal(new byte[33], 33);
            for (int i = 0; i < frame.Length; i++)
            {
                for (int bit = 0; bit < 8; bit++)
                {
                    byte[] altered = (byte[])frame.Clone();
                    altered[i] ^= (byte)(1 << bit);
                    Assert.Null(node.Open(altered, altered.Length));
                }
            }

            Assert.NotNull(node.Open(frame, frame.Length));
        }

        [Fact]
        public void What_is_cut_off_or_has_something_behind_it_is_refused_and_changes_nothing()
        {
            (PairingSession tool, PairingSession node) = Sides();
            byte[] frame = tool.Seal(new byte[40], 40);
            for (int length = 0; length < frame.Length; length++)
            {
                Assert.Null(node.Open(frame, length));
            }

            byte[] longer = [.. frame, .. new byte[PairingFrame.Longest]];
            for (int length = frame.Length + 1; length < frame.Length + 40; length++)
            {
                Assert.Null(node.Open(longer, length));
            }

            Assert.Null(node.Open(longer, PairingFrame.Longest));
            Assert.Null(node.Open(longer, PairingFrame.Longest + 16));
            Assert.NotNull(node.Open(frame, frame.Length));
        }

        [Fact]
        public void A_message_is_taken_once_and_never_after_a_later_one()
        {
            (PairingSession tool, PairingSession node) = Sides();
            byte[] first = tool.Seal([1], 1);
            byte[] second = tool.Seal([2], 1);
            byte[] third = tool.Seal([3], 1);
            Assert.Equal([1], node.Open(first, first.Length));
            Assert.Null(node.Open(first, first.Length));
            Assert.Equal([3], node.Open(third, third.Length)); // one may get lost
            Assert.Null(node.Open(second, second.Length));
            Assert.Null(node.Open(third, third.Length));
        }

        [Fact]
        public void A_message_is_nothing_to_another_session_another_code_or_back_to_who_sent_it()
        {
            (PairingSession tool, PairingSession node) = Sides();
            byte[] frame = tool.Seal([1], 1);
            byte[] otherNonce = new byte[16];
            Assert.Null(PairingSession.OfNode(PairingKeys.Derive(Key, NodeNonce, otherNonce), new SeededRandom(1)).Open(frame, frame.Length));
            Assert.Null(PairingSession.OfNode(PairingKeys.Derive(Key, otherNonce, ToolNonce), new SeededRandom(1)).Open(frame, frame.Length));
            byte[] otherKey = PairingKeys.OfCode("K7M29QXV", SessionVector.Name, PairingKeys.Iterations);
            Assert.Null(PairingSession.OfNode(PairingKeys.Derive(otherKey, NodeNonce, ToolNonce), new SeededRandom(1)).Open(frame, frame.Length));
            Assert.Null(tool.Open(frame, frame.Length));
            byte[] answer = node.Seal([1], 1);
            Assert.Null(node.Open(answer, answer.Length));
            Assert.NotEqual(Key, PairingKeys.OfCode(SessionVector.Code, "sensors-3F2A1D", PairingKeys.Iterations));
        }

        [Fact]
        public void A_frame_with_a_good_code_and_bad_padding_is_refused()
        {
            foreach (int pad in new[] { 0, 17, 255, 16 })
            {
                byte[] blocks = new byte[16]; // pad 16 of a single block would be a message without a byte
                Array.Fill(blocks, (byte)pad);
                byte[] iv = new byte[16];
                byte[] cipher = BlockCipher.Encrypt(Keys.ToolCipher, iv, blocks);
                byte[] told = [0, 0, 0, 1, .. iv, .. cipher];
                byte[] frame = [.. told, .. Hmac.Compute(Keys.ToolMac, told)];
                Assert.Null(Sides().Node.Open(frame, frame.Length));
            }
        }

        [Fact]
        public void The_compare_is_right_wherever_the_difference_is()
        {
            byte[] one = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
            Assert.True(Hmac.AreSame(one, (byte[])one.Clone()));
            Assert.False(Hmac.AreSame(one, one[..31]));
            for (int i = 0; i < one.Length; i++)
            {
                byte[] other = (byte[])one.Clone();
                other[i] ^= 0x80;
                Assert.False(Hmac.AreSame(one, other));
            }
        }

        [Fact]
        public void Hexadecimal_digits_are_read_in_either_case_and_nothing_else_is()
        {
            Assert.Equal([0x0a, 0xF9], HexText.Read("0aF9", 2));
            Assert.Equal("0af9", HexText.Of([0x0a, 0xF9]));
            foreach (string? bad in new[] { null, "", "0a", "0aF", "0aF9b", "0aG9", "0a/9", "0a:9", "0a@9", "0a`9", "0ag9", " af9" })
            {
                Assert.Null(HexText.Read(bad, 2));
            }
        }

        private static (PairingSession Tool, PairingSession Node) Sides() =>
            (PairingSession.OfTool(Keys, new SeededRandom(1)), PairingSession.OfNode(Keys, new SeededRandom(2)));

        private sealed class FixedRandom(byte[] bytes) : RandomSource
        {
            public override int Next(int limit) => 0;

            public override void Fill(byte[] buffer) => bytes.CopyTo(buffer, 0);
        }
    }

    /// <summary>The device secret: draws that differ even where the board's generator does not.</summary>
    public class DeviceSecretTests
    {
        private readonly MemoryVolume _volume = new MemoryVolume();

        [Fact]
        public void A_generator_that_repeats_at_every_start_gives_other_draws_at_every_start()
        {
            var drawn = new HashSet<string>();
            for (int start = 0; start < 20; start++)
            {
                var secret = new DeviceSecret(_volume, new StuckRandom());
                for (int i = 0; i < 20; i++)
                {
                    byte[] bytes = new byte[16];
                    secret.Fill(bytes);
                    Assert.True(drawn.Add(Convert.ToHexString(bytes)));
                }
            }
        }

        [Fact]
        public void The_secret_is_drawn_once_and_outlives_a_power_cut_at_any_write()
        {
            new DeviceSecret(_volume, new SeededRandom(1));
            string kept = Kept();
            foreach (Fate fate in new[] { Fate.CutBefore, Fate.CutBetween, Fate.CutTorn, Fate.CutAfter, Fate.Refused })
            {
                _volume.Plan = _ => fate;
                if (fate == Fate.Refused)
                {
                    new DeviceSecret(_volume, new SeededRandom(2)).Fill(new byte[3]);
                }
                else
                {
                    Assert.Throws<PowerCutException>(() => new DeviceSecret(_volume, new SeededRandom(2)));
                }

                _volume.Plan = _ => Fate.Done;
                new DeviceSecret(_volume, new SeededRandom(3));
                Assert.Equal(kept, Kept());
            }
        }

        [Fact]
        public void Numbers_are_within_their_limit_and_all_of_them_come()
        {
            var secret = new DeviceSecret(_volume, new SeededRandom(1));
            int[] seen = new int[7];
            for (int i = 0; i < 2000; i++)
            {
                seen[secret.Next(7)]++;
            }

            Assert.All(seen, n => Assert.InRange(n, 200, 380));
            Assert.Equal(0, secret.Next(1));
            byte[] all = new byte[100];
            secret.Fill(all);
            Assert.Equal(4, all.Chunk(32).Select(Convert.ToHexString).Distinct().Count());
        }

        private string Kept()
        {
            byte[] bytes = new TwinFile(_volume, "secret", 1, 8, 4).Read();
            return Convert.ToHexString(bytes, 8, 32);
        }

        private sealed class StuckRandom : RandomSource
        {
            public override int Next(int limit) => 0;

            public override void Fill(byte[] buffer) => Array.Fill(buffer, (byte)7);
        }
    }
}
