using System.Collections.Generic;

namespace Sensors.Cli.Errors
{
    /// <summary>All errors there are. A code, once published, keeps its meaning; a retired one is not given again.</summary>
    /// <remarks>S1xx: the command line. S2xx: the world outside. S3xx: bad findings. S9xx: defects. The README lists them too.</remarks>
    public static class ErrorTable
    {
        /// <summary>An option that the command does not have.</summary>
        public static readonly ErrorEntry UnknownOption = new("S101", "unknown option", ExitCode.Usage);

        /// <summary>A command that there is not, or none at all.</summary>
        public static readonly ErrorEntry UnknownCommand = new("S102", "unknown or missing command", ExitCode.Usage);

        /// <summary>An option stands without its value, or an argument is missing.</summary>
        public static readonly ErrorEntry MissingValue = new("S103", "value or argument missing", ExitCode.Usage);

        /// <summary>A value is not of the kind, or not in the range, that the option takes.</summary>
        public static readonly ErrorEntry BadValue = new("S104", "value not accepted", ExitCode.Usage);

        /// <summary>An argument where none is taken.</summary>
        public static readonly ErrorEntry UnexpectedArgument = new("S105", "argument not expected", ExitCode.Usage);

        /// <summary>Two options that exclude or need each other.</summary>
        public static readonly ErrorEntry Conflict = new("S106", "options do not go together", ExitCode.Usage);

        /// <summary>An option the command cannot do without.</summary>
        public static readonly ErrorEntry MissingOption = new("S107", "required option missing", ExitCode.Usage);

        /// <summary>An identifier outside the strict profile.</summary>
        public static readonly ErrorEntry BadIdentifier = new("S108", "identifier not accepted", ExitCode.Usage);

        /// <summary>A speed profile that cannot be read.</summary>
        public static readonly ErrorEntry BadSpeed = new("S109", "speed profile not understood", ExitCode.Usage);

        /// <summary>A fault that cannot be read.</summary>
        public static readonly ErrorEntry BadFault = new("S110", "fault not understood", ExitCode.Usage);

        /// <summary>A chip that the catalogue does not have.</summary>
        public static readonly ErrorEntry UnknownChip = new("S111", "chip not known", ExitCode.Usage);

        /// <summary>A sensor that cannot be wired.</summary>
        public static readonly ErrorEntry BadSensor = new("S112", "sensor not understood", ExitCode.Usage);

        /// <summary>What is said of a point cannot be.</summary>
        public static readonly ErrorEntry BadPoint = new("S113", "point not understood", ExitCode.Usage);

        /// <summary>An alarm's rule that cannot be.</summary>
        public static readonly ErrorEntry BadAlarm = new("S114", "alarm not understood", ExitCode.Usage);

        /// <summary>A bearing's geometry that cannot be.</summary>
        public static readonly ErrorEntry BadBearing = new("S121", "bearing not understood", ExitCode.Usage);

        /// <summary>A record that does not tell its sampling rate, and nobody else does.</summary>
        public static readonly ErrorEntry NoRate = new("S122", "sampling rate not known", ExitCode.Usage);

        /// <summary>A part that the record does not have, or too short a one.</summary>
        public static readonly ErrorEntry NoPart = new("S123", "no such part of the record", ExitCode.Usage);

        /// <summary>A pairing plan that cannot be read, or asks for what no node can do.</summary>
        public static readonly ErrorEntry BadPlan = new("S151", "pairing plan not understood", ExitCode.Usage);

        /// <summary>Something must be known, and there is nobody at a terminal who could say it.</summary>
        public static readonly ErrorEntry Unanswered = new("S152", "answer missing, and nobody to ask", ExitCode.Usage);

        /// <summary>A setting that no node could work with; nothing was sent.</summary>
        public static readonly ErrorEntry BadSetting = new("S153", "setting not accepted", ExitCode.Usage);

        /// <summary>A network around virtual boards, or what is wrong with it, that cannot be.</summary>
        public static readonly ErrorEntry BadAir = new("S154", "network of the air not understood", ExitCode.Usage);

        /// <summary>A template of identifiers that makes none.</summary>
        public static readonly ErrorEntry BadTemplate = new("S161", "identifier template not understood", ExitCode.Usage);

        /// <summary>A label that does not fit, or says what none can.</summary>
        public static readonly ErrorEntry BadLabel = new("S162", "label not possible", ExitCode.Usage);

        /// <summary>An item that is registered with an identifier cannot be.</summary>
        public static readonly ErrorEntry BadItem = new("S163", "item not accepted", ExitCode.Usage);

        /// <summary>No connection to the broker came about.</summary>
        public static readonly ErrorEntry BrokerUnreachable = new("S201", "broker not reachable", ExitCode.Environment);

        /// <summary>The broker answered, and said no.</summary>
        public static readonly ErrorEntry BrokerRefused = new("S202", "broker refused the connection", ExitCode.Environment);

        /// <summary>The address cannot be listened at.</summary>
        public static readonly ErrorEntry CannotListen = new("S203", "cannot listen at that address", ExitCode.Environment);

        /// <summary>The connection to the broker ended while it was needed.</summary>
        public static readonly ErrorEntry BrokerLost = new("S204", "connection to the broker lost", ExitCode.Environment);

        /// <summary>A recording cannot be read, or is not what the options say.</summary>
        public static readonly ErrorEntry BadRecording = new("S205", "recording not readable", ExitCode.Environment);

        /// <summary>The directory of the volume cannot be used.</summary>
        public static readonly ErrorEntry BadVolume = new("S206", "volume directory not usable", ExitCode.Environment);

        /// <summary>A file with a password cannot be read.</summary>
        public static readonly ErrorEntry BadPasswordFile = new("S207", "password file not readable", ExitCode.Environment);

        /// <summary>A file with a certificate or key cannot be read, or holds none.</summary>
        public static readonly ErrorEntry BadCertificate = new("S208", "certificate or key not readable", ExitCode.Environment);

        /// <summary>A picture cannot be written.</summary>
        public static readonly ErrorEntry BadPicture = new("S221", "picture not writable", ExitCode.Environment);

        /// <summary>A capture cannot be written.</summary>
        public static readonly ErrorEntry BadCaptureFile = new("S231", "capture not writable", ExitCode.Environment);

        /// <summary>The file of the store cannot be opened, read or written.</summary>
        public static readonly ErrorEntry BadStore = new("S241", "store not usable", ExitCode.Environment);

        /// <summary>The file is something else, or of a newer version.</summary>
        public static readonly ErrorEntry NoStore = new("S242", "file is no store", ExitCode.Environment);

        /// <summary>Another collector writes the file.</summary>
        public static readonly ErrorEntry StoreInUse = new("S243", "store in use by another collector", ExitCode.Environment);

        /// <summary>The disk is full.</summary>
        public static readonly ErrorEntry StoreFull = new("S244", "no room for the store", ExitCode.Environment);

        /// <summary>An export cannot be written.</summary>
        public static readonly ErrorEntry BadExportFile = new("S245", "export not writable", ExitCode.Environment);

        /// <summary>The node does not wait to be paired, or this PC has not joined its access point.</summary>
        public static readonly ErrorEntry NoNodeWaits = new("S251", "no such node waits to be paired", ExitCode.Environment);

        /// <summary>The node was there, and does not answer any more.</summary>
        public static readonly ErrorEntry NodeAway = new("S252", "node does not answer any more", ExitCode.Environment);

        /// <summary>What a pairing leaves behind cannot be written.</summary>
        public static readonly ErrorEntry BadOutput = new("S253", "report, label or registry not writable", ExitCode.Environment);

        /// <summary>The volume holds no settings that a node could work with.</summary>
        public static readonly ErrorEntry NotPaired = new("S254", "no paired node on the volume", ExitCode.Environment);

        /// <summary>The file that says where resolution services are cannot be read.</summary>
        public static readonly ErrorEntry BadResolverSettings = new("S261", "resolver settings not readable", ExitCode.Environment);

        /// <summary>A resolution service does not answer, or not in time.</summary>
        public static readonly ErrorEntry ResolverUnreachable = new("S262", "resolution service not reachable", ExitCode.Environment);

        /// <summary>The certificate of a resolution service is not trusted.</summary>
        public static readonly ErrorEntry ResolverUntrusted = new("S263", "resolution service not trusted", ExitCode.Environment);

        /// <summary>A resolution service answers something else, or sends nowhere.</summary>
        public static readonly ErrorEntry ResolverNotUnderstood = new("S264", "answer of the resolution service not understood", ExitCode.Environment);

        /// <summary>A resolution service has a fault of its own, or is busy.</summary>
        public static readonly ErrorEntry ResolverFails = new("S265", "resolution service fails", ExitCode.Environment);

        /// <summary>The registry of nodes cannot be opened, read or written.</summary>
        public static readonly ErrorEntry BadRegistry = new("S266", "registry not usable", ExitCode.Environment);

        /// <summary>The file is something else, or of a newer version.</summary>
        public static readonly ErrorEntry NoRegistry = new("S267", "file is no registry", ExitCode.Environment);

        /// <summary>A label cannot be written.</summary>
        public static readonly ErrorEntry BadLabelFile = new("S268", "label not writable", ExitCode.Environment);

        /// <summary>Not one reading arrived.</summary>
        public static readonly ErrorEntry NoReading = new("S301", "no reading arrived", ExitCode.Finding);

        /// <summary>Sequence numbers are missing or came twice.</summary>
        public static readonly ErrorEntry Incomplete = new("S302", "readings missing or repeated", ExitCode.Finding);

        /// <summary>The node said no to a capture.</summary>
        public static readonly ErrorEntry CaptureRefused = new("S331", "capture refused by the node", ExitCode.Finding);

        /// <summary>A capture did not come, or not all of it.</summary>
        public static readonly ErrorEntry NoCapture = new("S332", "capture missing or incomplete", ExitCode.Finding);

        /// <summary>Numbers are missing in the store, and no gap record says why.</summary>
        public static readonly ErrorEntry Unexplained = new("S341", "numbers missing without a reason", ExitCode.Finding);

        /// <summary>The store knows nothing of the node.</summary>
        public static readonly ErrorEntry UnknownNode = new("S342", "node not in the store", ExitCode.Finding);

        /// <summary>The node said no to a command.</summary>
        public static readonly ErrorEntry CommandRefused = new("S343", "command refused by the node", ExitCode.Finding);

        /// <summary>The node did not answer a command.</summary>
        public static readonly ErrorEntry NoAnswer = new("S344", "no answer from the node", ExitCode.Finding);

        /// <summary>A node tried the settings, and they do not work; the cause is what was found.</summary>
        public static readonly ErrorEntry TrialFailed = new("S351", "trial failed, the node keeps its old settings", ExitCode.Finding);

        /// <summary>The node is paired, but not every point's reading was seen, or one tells a fault.</summary>
        public static readonly ErrorEntry NotVerified = new("S352", "paired, but readings missing or faulty", ExitCode.Finding);

        /// <summary>The code is not that of the node's label.</summary>
        public static readonly ErrorEntry WrongCode = new("S353", "code refused by the node", ExitCode.Finding);

        /// <summary>The portal said no.</summary>
        public static readonly ErrorEntry PortalRefused = new("S354", "request refused by the node's portal", ExitCode.Finding);

        /// <summary>By the registry the identifier belongs to another board.</summary>
        public static readonly ErrorEntry IdentifierTaken = new("S355", "identifier belongs to another board", ExitCode.Finding);

        /// <summary>Not all nodes of a batch were paired and verified.</summary>
        public static readonly ErrorEntry BatchIncomplete = new("S356", "batch not complete", ExitCode.Finding);

        /// <summary>No resolution service knows the identifier.</summary>
        public static readonly ErrorEntry NotRegistered = new("S361", "identifier not registered", ExitCode.Finding);

        /// <summary>The identifier was registered before.</summary>
        public static readonly ErrorEntry AlreadyRegistered = new("S362", "identifier registered already", ExitCode.Finding);

        /// <summary>A resolution service will not take what was sent.</summary>
        public static readonly ErrorEntry ResolverRefuses = new("S363", "resolution service refuses", ExitCode.Finding);

        /// <summary>A resolution service does not know who asks, or does not let them.</summary>
        public static readonly ErrorEntry ResolverDenies = new("S364", "resolution service denies access", ExitCode.Finding);

        /// <summary>The registry knows nothing of the node.</summary>
        public static readonly ErrorEntry NotInRegistry = new("S365", "node not in the registry", ExitCode.Finding);

        /// <summary>What the registry knows speaks against it.</summary>
        public static readonly ErrorEntry RegistryRefuses = new("S366", "registry refuses", ExitCode.Finding);

        /// <summary>The firmware on a virtual node ended, which it never should.</summary>
        public static readonly ErrorEntry FirmwareEnded = new("S901", "firmware ended", ExitCode.Defect);

        /// <summary>Something sensorctl did not foresee.</summary>
        public static readonly ErrorEntry Unforeseen = new("S999", "defect in sensorctl", ExitCode.Defect);

        /// <summary>Gets every row, in the order of the codes.</summary>
        public static IReadOnlyList<ErrorEntry> All { get; } =
        [
            UnknownOption, UnknownCommand, MissingValue, BadValue, UnexpectedArgument, Conflict, MissingOption,
            BadIdentifier, BadSpeed, BadFault, UnknownChip, BadSensor, BadPoint, BadAlarm,
            BadBearing, NoRate, NoPart,
            BadPlan, Unanswered, BadSetting, BadAir,
            BadTemplate, BadLabel, BadItem,
            BrokerUnreachable, BrokerRefused, CannotListen, BrokerLost, BadRecording, BadVolume, BadPasswordFile, BadCertificate,
            BadPicture,
            BadCaptureFile,
            BadStore, NoStore, StoreInUse, StoreFull, BadExportFile,
            NoNodeWaits, NodeAway, BadOutput, NotPaired,
            BadResolverSettings, ResolverUnreachable, ResolverUntrusted, ResolverNotUnderstood, ResolverFails, BadRegistry, NoRegistry, BadLabelFile,
            NoReading, Incomplete,
            CaptureRefused, NoCapture,
            Unexplained, UnknownNode, CommandRefused, NoAnswer,
            TrialFailed, NotVerified, WrongCode, PortalRefused, IdentifierTaken, BatchIncomplete,
            NotRegistered, AlreadyRegistered, ResolverRefuses, ResolverDenies, NotInRegistry, RegistryRefuses,
            FirmwareEnded, Unforeseen,
        ];
    }
}
