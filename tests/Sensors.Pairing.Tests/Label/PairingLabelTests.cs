using System.Linq;
using System.Text;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Pairing.Tests.Label
{
    /// <summary>The label: what it says, what it takes for a code, and what a torn file does.</summary>
    public class PairingLabelTests
    {
        private const string File = "node=3F2A1C\nap_password=7H2K9QWX4M3T\ncode=K7M2-9QXW\n";

        [Fact]
        public void A_label_is_read_and_written()
        {
            PairingLabel label = PairingLabel.Parse(Encoding.ASCII.GetBytes(File))!;
            Assert.Equal("3F2A1C", label.Node);
            Assert.Equal("sensors-3F2A1C", label.Name);
            Assert.Equal("7H2K9QWX4M3T", label.AccessPointPassword);
            Assert.Equal("K7M29QXW", label.Code);
            Assert.Equal(File, Encoding.ASCII.GetString(label.ToBytes()));
            Assert.NotNull(PairingLabel.Parse(Encoding.ASCII.GetBytes("code=k7m29qxw\r\n\r\nap_password=a password!\r\nnode=3f2a1c\r\n")));
        }

        [Fact]
        public void A_label_that_is_torn_at_any_byte_is_none()
        {
            for (int length = 0; length < File.Length; length++)
            {
                Assert.Null(PairingLabel.Parse(Encoding.ASCII.GetBytes(File[..length])));
            }

            Assert.Null(PairingLabel.Parse(null));
            byte[] garbage = Encoding.ASCII.GetBytes(File + "#x\n");
            Assert.NotNull(PairingLabel.Parse(garbage));
            garbage[^2] = 0xFF; // on the device this is no string
            Assert.Null(PairingLabel.Parse(garbage));
        }

        [Theory]
        [InlineData("3F2A1", "7H2K9QWX4M3T", "K7M29QXW")]
        [InlineData("3F2A1G", "7H2K9QWX4M3T", "K7M29QXW")]
        [InlineData("3F2A1C", "7H2K9QW", "K7M29QXW")]
        [InlineData("3F2A1C", "7H2K9QWX\"", "K7M29QXW")]
        [InlineData("3F2A1C", "7H2K9QWX\\", "K7M29QXW")]
        [InlineData("3F2A1C", "7H2K9QWXé", "K7M29QXW")]
        [InlineData("3F2A1C", " 7H2K9QWX", "K7M29QXW")]
        [InlineData("3F2A1C", "7H2K9QWX4M3T", "K7M29")]
        [InlineData("3F2A1C", "7H2K9QWX4M3T", null)]
        [InlineData("3F2A1C", null, "K7M29QXW")]
        [InlineData(null, "7H2K9QWX4M3T", "K7M29QXW")]
        public void What_is_no_label_is_refused(string? node, string? password, string? code) => Assert.Null(PairingLabel.Make(node, password, code));

        [Theory]
        [InlineData("k7m2-9qxw", "K7M29QXW")]
        [InlineData(" K7M2 9QXW ", "K7M29QXW")]
        [InlineData("OoIiLl", "001111")]
        [InlineData("0123456789ABCDEF", "0123456789ABCDEF")]
        [InlineData("0123456789ABCDEFG", null)]
        [InlineData("12345", null)]
        [InlineData("1-2-3-4-5", null)]
        [InlineData("K7M29QXU", null)] // U is no letter of the alphabet
        [InlineData("K7M2_9QXW", null)]
        [InlineData("", null)]
        [InlineData(null, null)]
        public void A_code_is_taken_as_people_type_it(string? typed, string? code) => Assert.Equal(code, PairingLabel.Canonical(typed));

        [Theory]
        [InlineData("K7M29QXW", "K7M2-9QXW")]
        [InlineData("K7M29Q", "K7M2-9Q")]
        [InlineData("0123456789ABCDEF", "0123-4567-89AB-CDEF")]
        public void A_code_is_printed_in_groups(string code, string printed) => Assert.Equal(printed, PairingLabel.Print(code));

        [Fact]
        public void A_drawn_label_uses_all_letters_evenly()
        {
            var random = new SeededRandom(1);
            int[] seen = new int[128];
            for (int i = 0; i < 400; i++)
            {
                PairingLabel label = PairingLabel.Draw("3F2A1C", random)!;
                Assert.Equal(8, label.Code.Length);
                Assert.Equal(12, label.AccessPointPassword.Length);
                foreach (char letter in label.Code + label.AccessPointPassword)
                {
                    seen[letter]++;
                }
            }

            Assert.Equal(8000, PairingLabel.Alphabet.Sum(letter => seen[letter]));
            Assert.All(PairingLabel.Alphabet, letter => Assert.InRange(seen[letter], 180, 330));
        }

        [Fact]
        public void A_node_without_a_whole_label_draws_one_and_keeps_it()
        {
            var volume = new MemoryVolume();
            PairingLabel first = PairingLabel.Open(volume, "3F2A1C", new SeededRandom(1));
            Assert.Equal(first.Code, PairingLabel.Open(volume, "3F2A1C", new SeededRandom(2)).Code);
            volume.Files[PairingLabel.FileName] = volume.Files[PairingLabel.FileName][..^1];
            PairingLabel again = PairingLabel.Open(volume, "3F2A1C", new SeededRandom(2));
            Assert.NotEqual(first.Code, again.Code);
            Assert.Equal(again.AccessPointPassword, PairingLabel.Open(volume, "3F2A1C", new SeededRandom(3)).AccessPointPassword);
        }
    }
}
