using System;

namespace Sensors.Node
{
    /// <summary>Takes commands, has them carried out one after the other, and answers each.</summary>
    /// <remarks>
    /// Commands come on the MQTT client's thread and are only noted down, a few at most; the link's thread carries them out. A command bears
    /// <c>cmd</c>, and may bear <c>req</c>, which its answer repeats. Whatever is wrong with a command, the node goes on.
    /// </remarks>
    public sealed class NodeCommands
    {
        /// <summary>The most commands that wait. One that comes when they do is lost, and that is told.</summary>
        public const int MostWaiting = 4;

        /// <summary>The most characters of <c>req</c>.</summary>
        public const int MaxRequestLength = 32;

        /// <summary>The most bytes of a message on the reply topic.</summary>
        public const int MaxReplyLength = 400;

        private static readonly byte[] Request = JsonText.NameOf("req");
        private static readonly byte[] Ok = JsonText.NameOf("ok");
        private static readonly byte[] Error = JsonText.NameOf("error");

        private readonly object _gate = new object();
        private readonly byte[][] _waiting = new byte[MostWaiting][];
        private readonly NodeCommand[] _commands;
        private readonly CommandReader _reader = new CommandReader();
        private readonly JsonWriter _json = new JsonWriter();
        private readonly byte[] _buffer = new byte[MaxReplyLength];
        private int _count;
        private int _lost;
        private NodeCommand _begun; // carried out by another thread
        private string _begunRequest;

        /// <summary>Makes a dispatcher.</summary>
        /// <param name="topic">Where commands come.</param>
        /// <param name="replyTopic">Where answers go.</param>
        /// <param name="commands">What the node can be told to do.</param>
        public NodeCommands(string topic, string replyTopic, NodeCommand[] commands)
        {
            Topic = topic;
            ReplyTopic = replyTopic;
            _commands = commands;
        }

        /// <summary>Gets where commands come.</summary>
        public string Topic { get; }

        /// <summary>Gets where answers go.</summary>
        public string ReplyTopic { get; }

        /// <summary>Gets what <see cref="Next"/> wrote.</summary>
        public byte[] Buffer
        {
            get { return _buffer; }
        }

        /// <summary>Notes a command down. From any thread; never blocks for long, never throws.</summary>
        /// <param name="topic">Where it came.</param>
        /// <param name="payload">The command; kept.</param>
        /// <returns>False when it is for somebody else.</returns>
        public bool Note(string topic, byte[] payload)
        {
            if (topic != Topic)
            {
                return false;
            }

            lock (_gate)
            {
                if (_count == MostWaiting)
                {
                    _lost++;
                }
                else
                {
                    // One that is too long is not kept: its length says enough.
                    _waiting[_count++] = payload.Length > CommandReader.MaxLength ? null : payload;
                }
            }

            return true;
        }

        /// <summary>Carries out the next command, or finds out what else there is to tell. On the link's thread.</summary>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>Bytes of the message in <see cref="Buffer"/>; 0 when there is none.</returns>
        public int Next(long now)
        {
            if (_begun != null)
            {
                return Finish(now);
            }

            int lost;
            bool any;
            byte[] command = null;
            lock (_gate)
            {
                lost = _lost;
                _lost = 0;
                any = lost == 0 && _count > 0;
                if (any)
                {
                    command = _waiting[0];
                    _count--;
                    for (int i = 0; i < _count; i++)
                    {
                        _waiting[i] = _waiting[i + 1];
                    }

                    _waiting[_count] = null;
                }
            }

            if (lost > 0)
            {
                return Refuse(null, lost.ToString() + " commands were lost: no more than " + MostWaiting.ToString() + " can wait");
            }

            if (!any)
            {
                return News();
            }

            return command == null
                ? Refuse(null, "the command has more than " + CommandReader.MaxLength.ToString() + " bytes")
                : Run(command, now);
        }

        private int Run(byte[] command, long now)
        {
            if (!_reader.Read(command))
            {
                return Refuse(null, _reader.Error);
            }

            string request = null;
            if (_reader.Has("req"))
            {
                request = _reader.Text("req");
                if (request == null || !IsRequest(request))
                {
                    return Refuse(null, "\"req\" is not 1 to " + MaxRequestLength.ToString() + " of the characters A-Z a-z 0-9 . _ -");
                }
            }

            string name = _reader.Text("cmd");
            if (name == null)
            {
                return Refuse(request, _reader.Error);
            }

            NodeCommand found = null;
            for (int i = 0; i < _commands.Length; i++)
            {
                if (_commands[i].Name == name)
                {
                    found = _commands[i];
                }
            }

            if (found == null)
            {
                return Refuse(request, "this node knows no such command");
            }

            BeginAnswer(request);
            string error;
            try
            {
                error = found.Run(_reader, _json, now);
                if (_reader.Error != null)
                {
                    error = _reader.Error;
                }
            }
            catch (Exception exception)
            {
                error = Failed(exception);
            }

            if (error == NodeCommand.Later)
            {
                _begun = found;
                _begunRequest = request;
                return Finish(now);
            }

            return EndAnswer(request, error);
        }

        private int Finish(long now)
        {
            BeginAnswer(_begunRequest);
            string error;
            try
            {
                if (!_begun.Finish(_json, now, out error))
                {
                    return 0;
                }
            }
            catch (Exception exception)
            {
                error = Failed(exception);
            }

            _begun = null;
            return EndAnswer(_begunRequest, error);
        }

        private void BeginAnswer(string request)
        {
            _json.Begin(_buffer, 0);
            _json.OpenObject();
            WriteRequest(request);
            _json.Name(Ok);
            _json.Flag(true);
        }

        private int EndAnswer(string request, string error)
        {
            _json.CloseObject();
            int length = _json.End();
            if (error != null)
            {
                return Refuse(request, error);
            }

            return length > 0 ? length : Refuse(request, "done, but the answer is too long");
        }

        // A defect of one command must not cost the node its link.
        private static string Failed(Exception exception)
        {
            return "it failed: " + exception.GetType().Name;
        }

        private int News()
        {
            for (int i = 0; i < _commands.Length; i++)
            {
                _json.Begin(_buffer, 0);
                _json.OpenObject();
                if (_commands[i].Tell(_json))
                {
                    _json.CloseObject();
                    int length = _json.End();
                    return length > 0 ? length : 0;
                }
            }

            return 0;
        }

        private int Refuse(string request, string error)
        {
            _json.Begin(_buffer, 0);
            _json.OpenObject();
            WriteRequest(request);
            _json.Name(Error);
            _json.Text(JsonText.Of(error));
            _json.CloseObject();
            int length = _json.End();
            return length > 0 ? length : Refuse(request, "the command was not accepted");
        }

        private void WriteRequest(string request)
        {
            if (request != null)
            {
                _json.Name(Request);
                _json.Text(JsonText.Of(request));
            }
        }

        private static bool IsRequest(string request)
        {
            char[] c = request.ToCharArray();
            if (c.Length == 0 || c.Length > MaxRequestLength)
            {
                return false;
            }

            for (int i = 0; i < c.Length; i++)
            {
                bool allowed = (c[i] >= '0' && c[i] <= '9') || (c[i] >= 'A' && c[i] <= 'Z') || (c[i] >= 'a' && c[i] <= 'z')
                    || c[i] == '.' || c[i] == '_' || c[i] == '-';
                if (!allowed)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
