namespace Sensors.Node
{
    /// <summary><c>{"cmd":"get","key":"interval_ms"}</c>: tells a setting, or all of them from a line on. Secrets are told to be there, never what they are.</summary>
    public sealed class GetCommand : NodeCommand
    {
        private const int Overhead = 24; // of a line in the answer: names, quotes, brackets

        private static readonly byte[] Lines = JsonText.NameOf("settings");
        private static readonly byte[] KeyName = JsonText.NameOf("key");
        private static readonly byte[] ValueName = JsonText.NameOf("value");
        private static readonly byte[] Secret = JsonText.NameOf("secret");
        private static readonly byte[] Long = JsonText.NameOf("long");
        private static readonly byte[] Next = JsonText.NameOf("next");

        private readonly SettingsStore _store;

        /// <summary>Makes the command.</summary>
        /// <param name="store">Keeps the settings; null when this node's cannot be read.</param>
        public GetCommand(SettingsStore store)
            : base("get")
        {
            _store = store;
        }

        /// <inheritdoc/>
        public override string Run(CommandReader command, JsonWriter reply, long now)
        {
            if (_store == null)
            {
                return WritingCommand.NoStore;
            }

            SettingsText text = new SettingsText(_store.Text);
            string key = command.Has("key") ? command.Text("key") : null;
            int line = (int)command.Number("from", 0, SettingsStore.MaxLength, 0);
            if (command.Error != null)
            {
                return command.Error;
            }

            int room = NodeCommands.MaxReplyLength - NodeCommands.MaxRequestLength - 64; // of {"req":..,"ok":true,"settings":[..],"next":..}
            int most = room;
            reply.Name(Lines);
            reply.OpenArray();
            for (; line < text.Count; line++)
            {
                string name = text.KeyOf(line);
                if (name == null || (key != null && name != key))
                {
                    continue;
                }

                byte[] value = SettingsText.IsSecret(name) ? null : JsonText.Of(text.ValueOf(line));
                byte[] written = JsonText.Of(name);
                int length = Overhead + written.Length + (value == null ? 0 : value.Length);
                if (length > room && room < most)
                {
                    break; // for the next answer
                }

                room -= length;
                Write(reply, written, value, length > most);
            }

            reply.CloseArray();
            if (line < text.Count)
            {
                reply.Name(Next);
                reply.Number(line);
            }

            return null;
        }

        private static void Write(JsonWriter reply, byte[] key, byte[] value, bool tooLong)
        {
            reply.OpenObject();
            reply.Name(KeyName);
            reply.Text(key);
            if (value == null || tooLong)
            {
                reply.Name(value == null ? Secret : Long);
                reply.Flag(true);
            }
            else
            {
                reply.Name(ValueName);
                reply.Text(value);
            }

            reply.CloseObject();
        }
    }

    /// <summary><c>{"cmd":"set","key":"interval_ms","value":2000}</c>: changes a setting for good, and restarts the node by itself.</summary>
    public sealed class SetCommand : WritingCommand
    {
        /// <summary>Makes the command.</summary>
        /// <param name="store">Keeps the settings; null when this node's cannot be changed.</param>
        /// <param name="change">Takes them to the volume.</param>
        /// <param name="restart">Is asked for the restart by which they begin to count.</param>
        public SetCommand(SettingsStore store, SettingsChange change, Restart restart)
            : base("set", "settings changed by command", store, change, restart)
        {
        }

        /// <inheritdoc/>
        public override string Run(CommandReader command, JsonWriter reply, long now)
        {
            if (Store == null)
            {
                return NoStore;
            }

            string key = command.Text("key");
            if (key == null)
            {
                return command.Error;
            }

            if (!SettingsText.IsKey(key) || SettingsText.IsPairing(key))
            {
                return SettingsText.IsKey(key) ? "this key belongs to pairing" : "this is no key";
            }

            string of = command.Value("of");
            if (of != null && SettingsText.WordsOf(key) == 0)
            {
                return "\"of\" is for keys that come more than once";
            }

            byte[] text = new SettingsText(Store.Text).With(key, of, command.Value("value")).ToBytes();
            string error = text.Length > SettingsStore.MaxLength
                ? "the settings would have more than " + SettingsStore.MaxLength.ToString() + " bytes" : Settings.Parse(text).Error;
            if (error != null)
            {
                return error;
            }

            return Write(text);
        }
    }
}
