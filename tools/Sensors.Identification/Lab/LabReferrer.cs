using System;
using System.Text.Json.Nodes;

namespace Sensors.Identification
{
    /// <summary>A node of the lab that keeps no records and knows who does: the top node, the secondary node.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="prefix">The prefix it knows: its own and all below.</param>
    /// <param name="next">Who is asked next.</param>
    /// <param name="byService">Whether it names the next one's service (302), and its site on request, instead of the site (303).</param>
    /// <param name="seen">Who is told of requests.</param>
    internal sealed class LabReferrer(string name, string prefix, Uri next, bool byService, Action<LabRequestSeen> seen)
    {
        private const string Services = "0.NA/";

        internal LabReply Answer(LabRequest request)
        {
            if (request.Method != "GET" || LabHandles.Asked(request) is not { } handle)
            {
                return new LabReply(404, new JsonObject { ["responseCode"] = 4, ["message"] = "only GET /api/handles/... is here" });
            }

            string asked = handle.Split('/')[0];
            bool knows = asked.Equals(prefix, StringComparison.OrdinalIgnoreCase) || asked.StartsWith(prefix + ".", StringComparison.OrdinalIgnoreCase);
            bool service = byService && handle.Equals(Services + prefix, StringComparison.OrdinalIgnoreCase);
            int code = service ? HandleClient.Found : !knows ? HandleClient.NotFound : byService ? HandleClient.ServiceReferral : HandleClient.PrefixReferral;
            seen(new LabRequestSeen(name, "resolve", handle, code));
            return code switch
            {
                HandleClient.Found => LabHandles.Reply(code, handle, [LabHandles.Site("HS_SITE", next)]),
                HandleClient.ServiceReferral => LabHandles.Referral(code, handle, LabHandles.Value(new RecordItem(1, "HS_SERV", Services + prefix))),
                HandleClient.PrefixReferral => LabHandles.Referral(code, handle, LabHandles.Site("HS_SITE.PREFIX", next)),
                _ => LabHandles.NotFound(handle),
            };
        }
    }
}
