using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;

namespace Sensors.Identification
{
    /// <summary>The lab's enterprise node: three interfaces over the same records.</summary>
    internal sealed class LabEnterpriseNode
    {
        internal const string User = "sensors";
        internal const string TemplateVersion = "node-1";

        private const string Name = "enterprise";
        private const int Done = 10000;
        private const int MostChallenges = 64;

        private readonly LabResolverOptions _options;
        private readonly LabStore _store;
        private readonly LabTokens _tokens;
        private readonly RSA _key = RSA.Create();
        private readonly Lock _gate = new();
        private readonly Queue<string> _challenges = new();

        internal LabEnterpriseNode(LabResolverOptions options, LabStore store)
        {
            _options = options;
            _store = store;
            _tokens = new LabTokens(options.Clock);
            _key.ImportFromPem(options.ApplicationKey);
        }

        internal string Application => _options.Prefix + "/App_sensors";

        internal string Template => _options.Prefix + "/META_node";

        internal LabReply Answer(LabRequest request) => (request.Method, request.Path) switch
        {
            ("GET", _) when LabHandles.Asked(request) is { } handle => Resolve(handle),
            ("GET", "/api/v1/doip/public/challenge") => Challenge(request.Asked("handle")),
            ("POST", "/api/v1/doip/public/verify-response") => Verify(request),
            ("GET" or "POST", "/api/v1/doip") => Operate(request),
            ("POST", "/identity/token/v1") => LogIn(request),
            ("GET", "/identityv2/data/detail") => Snms(request, request.Asked("handle"), "resolve", Detail),
            ("POST", "/identityv2/data") => Snms(request, request.Text("handle"), "create", Create),
            ("PUT", "/identityv2/data") => Snms(request, request.Text("handle"), "update", Update),
            ("DELETE", "/identityv2/data") => Snms(request, request.Text("handle"), "delete", Delete),
            _ => new LabReply(404, new JsonObject { ["code"] = 404, ["message"] = "操作类型不存在" }),
        };

        // ---- Handle

        private LabReply Resolve(string handle)
        {
            LabRecord? record = _store.Query(handle, Now);
            int code = record is null ? HandleClient.NotFound : HandleClient.Found;
            Tell("resolve", handle, code);
            return record is null ? LabHandles.NotFound(handle) : LabHandles.Found(record, Items(record.Values).Append(new RecordItem(1001, "TEMPLATE", TemplateVersion)));
        }

        // ---- enterprise node

        private LabReply Challenge(string handle)
        {
            if (!handle.Equals(Application, StringComparison.OrdinalIgnoreCase))
            {
                return handle.Contains('/', StringComparison.Ordinal) ? Doip("challenge", handle, 102, "客户端认证失败") : Doip("challenge", handle, 40508, "标识格式异常");
            }

            string nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
            lock (_gate)
            {
                _challenges.Enqueue(nonce);
                if (_challenges.Count > MostChallenges) { _challenges.Dequeue(); }
            }

            return Doip("challenge", handle, 1, data: nonce);
        }

        private LabReply Verify(LabRequest request)
        {
            string handle = request.Text("handle");
            byte[] signature = new byte[request.Text("signature").Length];
            bool readable = Convert.TryFromBase64String(request.Text("signature"), signature, out int length) && length > 0;
            lock (_gate)
            {
                string? signed = readable && handle.Equals(Application, StringComparison.OrdinalIgnoreCase)
                    ? _challenges.FirstOrDefault(nonce => _key.VerifyData(Encoding.UTF8.GetBytes(nonce), signature.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                    : null;
                if (signed is null) { return Doip("login", handle, 102, "客户端认证失败"); }

                // Each challenge serves once.
                string[] others = [.. _challenges.Where(nonce => nonce != signed)];
                _challenges.Clear();
                foreach (string nonce in others) { _challenges.Enqueue(nonce); }
            }

            return Doip("login", handle, 1, data: new JsonObject { ["token"] = _tokens.Give() });
        }

        private LabReply Operate(LabRequest request)
        {
            string identifier = request.Asked("targetId");
            string operation = request.Asked("operationId");
            string action = operation.StartsWith("0.DOIP.EXTEND/", StringComparison.Ordinal) ? "update" : operation.Split('.')[^1].ToLowerInvariant();
            if (IdentifierInspector.Check(identifier, IdentifierKind.Handle).Validity == Validity.Invalid) { return Doip(action, identifier, 40508, "标识格式异常"); }
            if (operation == "0.DOIP/Op.Retrieve") { return request.Method == "GET" ? Retrieve(identifier) : Doip(action, identifier, 405, "不支持的操作类型"); }
            if (request.Method != "POST") { return Doip(action, identifier, 405, "不支持的操作类型"); }
            if (!_tokens.Take(request.Authorization)) { return Doip(action, identifier, 102, "客户端认证失败"); }
            if (!IsOurs(identifier)) { return Doip(action, identifier, 701, "非本企业标识"); }
            return operation switch
            {
                "0.DOIP/Op.Create" => Write(request, identifier, "create"),
                "0.DOIP/Op.Update" => Write(request, identifier, "replace"),
                "0.DOIP.EXTEND/Op.Update.Non.Overlay" => Write(request, identifier, "update"),
                "0.DOIP/Op.Delete" => _store.Remove(identifier) ? Doip("delete", identifier, Done) : Doip("delete", identifier, 104, "标识对象不存在"),
                _ => Doip(action, identifier, 404, "操作类型不存在"),
            };
        }

        private LabReply Retrieve(string identifier)
        {
            if (identifier.Equals(Template, StringComparison.OrdinalIgnoreCase)) { return Doip("resolve", identifier, 1, data: Described()); }
            if (_store.Query(identifier, Now) is not { } record) { return Doip("resolve", identifier, 104, "标识对象不存在"); }
            return Doip("resolve", identifier, 1, data: new JsonObject { ["id"] = record.Identifier, ["type"] = Template, ["attributes"] = new JsonObject { ["content"] = Content(record) } });
        }

        private LabReply Write(LabRequest request, string identifier, string action)
        {
            if (!request.Text("type").Equals(Template, StringComparison.OrdinalIgnoreCase)) { return Doip(action, identifier, 604, "元数据不存在"); }
            if (Contents(request.Body) is not { } values) { return Doip(action, identifier, 106, "请求入参错误：attributes.content"); }
            if (values.Keys.FirstOrDefault(name => NodeTemplate.Items.All(item => item.Name != name)) is { } odd) { return Doip(action, identifier, 601, "元数据输入项错误：" + odd); }
            if (action != "update" && Missing(values) is { } missing) { return Doip(action, identifier, 601, "元数据输入项错误：" + missing); }
            bool done = action == "create" ? Add(identifier, values) : Overwrite(identifier, values, action == "replace");
            return done ? Doip(action, identifier, Done) : action == "create" ? Doip(action, identifier, 105, "标识对象已存在") : Doip(action, identifier, 104, "标识对象不存在");
        }

        // ---- SNMS

        private LabReply LogIn(LabRequest request)
        {
            // The sender's day may be another one than ours around midnight.
            DateTimeOffset local = _options.Clock.GetLocalNow();
            bool good = request.Text("username") == User && new[] { -1, 0, 1 }.Any(day => request.Text("password").Equals(
                SnmsClient.Hash(SnmsClient.Hash(_options.Password) + local.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), StringComparison.OrdinalIgnoreCase));
            return good ? Status("login", User, 1, "success", new JsonObject { ["token"] = _tokens.Give() }) : Status("login", request.Text("username"), -2, "用户名/密码错误！");
        }

        private LabReply Snms(LabRequest request, string identifier, string action, Func<LabRequest, string, string, LabReply> answer)
        {
            if (!_tokens.Take(request.Authorization)) { return Status(action, identifier, -1, "未登录"); }
            if (identifier.Length == 0) { return Status(action, identifier, -2, "缺少必要的请求参数: handle"); }
            return IsOurs(identifier) ? answer(request, identifier, action) : Status(action, identifier, -3, "没有权限");
        }

        private LabReply Detail(LabRequest request, string identifier, string action)
        {
            if (_store.Query(identifier, Now) is not { } record) { return Status(action, identifier, -2, "没有找到标识"); }
            var values = new JsonArray([.. Items(record.Values).Prepend(new RecordItem(1001, "TEMPLATE", TemplateVersion)).Select(item => (JsonNode)LabHandles.Value(item))]);
            return Status(action, identifier, 1, "success", new JsonObject
            {
                ["prefix"] = _options.Prefix,
                ["handle"] = record.Identifier,
                ["templateVersion"] = TemplateVersion,
                ["value"] = values,
            });
        }

        private LabReply Create(LabRequest request, string identifier, string action)
        {
            (Dictionary<string, string>? values, string? wrong) = Values(request.Body);
            wrong ??= Missing(values!) is { } missing ? $"非法操作，缺少必填项{missing}" : null;
            return wrong is not null ? Status(action, identifier, -2, wrong)
                : Add(identifier, values!) ? Status(action, identifier, 1, "success", true) : Status(action, identifier, -2, "标识已存在");
        }

        private LabReply Update(LabRequest request, string identifier, string action)
        {
            (Dictionary<string, string>? values, string? wrong) = Values(request.Body);
            return wrong is not null ? Status(action, identifier, -2, wrong)
                : Overwrite(identifier, values!, whole: false) ? Status(action, identifier, 1, "success", true) : Status(action, identifier, -2, "没有找到标识");
        }

        private LabReply Delete(LabRequest request, string identifier, string action) =>
            _store.Remove(identifier) ? Status(action, identifier, 1, "success", true) : Status(action, identifier, -2, "没有找到标识");

        // ---- records

        private DateTimeOffset Now => _options.Clock.GetUtcNow();

        private bool IsOurs(string identifier) => identifier.StartsWith(_options.Prefix + "/", StringComparison.OrdinalIgnoreCase);

        private bool Add(string identifier, IReadOnlyDictionary<string, string> values) =>
            _store.TryAdd(new LabRecord { Identifier = identifier, Registered = Now, Changed = Now, Values = values });

        private bool Overwrite(string identifier, IReadOnlyDictionary<string, string> values, bool whole) => _store.Change(identifier, record =>
        {
            if (record is null) { return null; }
            var merged = whole ? [] : new Dictionary<string, string>(record.Values);
            foreach ((string name, string value) in values) { merged[name] = value; }
            return record with { Changed = Now, Values = merged };
        }) is not null;

        private static IEnumerable<RecordItem> Items(IReadOnlyDictionary<string, string> values) =>
            NodeTemplate.Items.Where(item => values.ContainsKey(item.Name)).Select(item => new RecordItem(item.Index, item.Name, values[item.Name]));

        private static string? Missing(IReadOnlyDictionary<string, string> values) => NodeTemplate.Items.FirstOrDefault(item => item.Required && !values.ContainsKey(item.Name))?.Name;

        private static Dictionary<string, string>? Contents(JsonElement body)
        {
            bool whole = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("attributes", out JsonElement attributes) && attributes.ValueKind == JsonValueKind.Object
                && attributes.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.Object
                && content.EnumerateObject().All(value => value.Value.ValueKind == JsonValueKind.String);
            return whole ? body.GetProperty("attributes").GetProperty("content").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!) : null;
        }

        private static (Dictionary<string, string>? Values, string? Wrong) Values(JsonElement body)
        {
            var values = new Dictionary<string, string>();
            if (!body.TryGetProperty("templateVersion", out JsonElement version) || version.ValueKind != JsonValueKind.String || version.GetString() != TemplateVersion) { return (null, "模板不存在"); }
            if (!body.TryGetProperty("value", out JsonElement list) || list.ValueKind != JsonValueKind.Array) { return (null, "缺少必要的请求参数: value"); }
            foreach (JsonElement value in list.EnumerateArray())
            {
                if (value.ValueKind != JsonValueKind.Object
                    || !value.TryGetProperty("index", out JsonElement index) || index.ValueKind != JsonValueKind.Number || !index.TryGetInt32(out int number)
                    || !value.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String
                    || !value.TryGetProperty("data", out JsonElement data) || data.ValueKind != JsonValueKind.Object
                    || !data.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.String || format.GetString() != "string"
                    || !data.TryGetProperty("value", out JsonElement text) || text.ValueKind != JsonValueKind.String)
                {
                    return (null, "请求入参错误：value");
                }

                if (NodeTemplate.Items.All(item => item.Index != number)) { return (null, FormattableString.Invariant($"非法操作，索引{number}在模板中不存在")); }
                if (NodeTemplate.Items.All(item => item.Index != number || item.Name != type.GetString())) { return (null, FormattableString.Invariant($"非法操作，索引{number}的类型与模板不一致")); }
                if (text.GetString()!.Length > NodeTemplate.MostCharacters) { return (null, FormattableString.Invariant($"非法操作，索引{number}的值过长")); }
                values[type.GetString()!] = text.GetString()!;
            }

            return (values, null);
        }

        private static JsonObject Content(LabRecord record)
        {
            var content = new JsonObject();
            foreach (RecordItem item in Items(record.Values)) { content[item.Name] = item.Value; }
            return content;
        }

        private JsonObject Described() => new()
        {
            ["id"] = Template,
            ["type"] = "0.TYPE/DO.DOIPMETA",
            ["attributes"] = new JsonObject
            {
                ["content"] = new JsonObject
                {
                    ["basicInfo"] = new JsonObject { ["metaName"] = "node", ["metaCode"] = "node", ["metaState"] = 1, ["type"] = NodeTemplate.ActiveCarrier },
                    ["itemInfos"] = new JsonArray([.. NodeTemplate.Items.Select(item => (JsonNode)new JsonObject
                    {
                        ["itemBasicInfo"] = new JsonObject { ["itemIndex"] = item.Index, ["itemCode"] = item.Name, ["enName"] = item.Name, ["cnName"] = item.ChineseName, ["state"] = 1 },
                        ["itemSchemaInfo"] = new JsonObject { ["dataType"] = 1, ["minLength"] = 1, ["maxLength"] = NodeTemplate.MostCharacters },
                    })]),
                    ["required"] = new JsonArray([.. NodeTemplate.Items.Where(item => item.Required).Select(item => (JsonNode)item.Name)]),
                },
            },
        };

        private LabReply Doip(string action, string identifier, int code, string message = "成功", JsonNode? data = null)
        {
            Tell(action, identifier, code);
            var body = new JsonObject { ["code"] = code, ["message"] = message };
            if (data is not null) { body["data"] = data; }
            return new LabReply(200, body);
        }

        private LabReply Status(string action, string identifier, int status, string message, JsonNode? data = null)
        {
            Tell(action, identifier, status);
            return new LabReply(200, new JsonObject { ["message"] = message, ["status"] = status, ["data"] = data });
        }

        private void Tell(string action, string identifier, int code) => _options.OnRequest(new LabRequestSeen(Name, action, identifier, code));
    }
}
