namespace Weir.Kubernetes.Tests.Quotas;

public sealed class QuotaUsageTests
{
    [Theory]
    [InlineData("", "pods",
        "{'spec':{'containers':[{'name':'a','resources':{'requests':{'cpu':'500m','memory':'64Mi'},'limits':{'cpu':'1'}}},{'name':'b','resources':{'requests':{'cpu':'1','example.com/gpu':'2'}}}]}}",
        "count/pods=1,cpu=1500m,limits.cpu=1,memory=64Mi,pods=1,requests.cpu=1500m,requests.example.com/gpu=2,requests.memory=64Mi")]
    [InlineData("", "pods",
        "{'spec':{'initContainers':[{'name':'i','resources':{'requests':{'cpu':'3'}}}],'containers':[{'name':'a','resources':{'requests':{'cpu':'1'}}}],'overhead':{'cpu':'100m'}}}",
        "count/pods=1,cpu=3100m,pods=1,requests.cpu=3100m")]
    [InlineData("", "pods",
        "{'spec':{'initContainers':[{'name':'s','restartPolicy':'Always','resources':{'requests':{'cpu':'1'}}},{'name':'i','resources':{'requests':{'cpu':'1'}}}],'containers':[{'name':'a','resources':{'requests':{'cpu':'2'}}}]}}",
        "count/pods=1,cpu=3,pods=1,requests.cpu=3")]
    [InlineData("", "pods", "{'spec':{'containers':[{'name':'a','resources':{'requests':{'cpu':'1'}}}]},'status':{'phase':'Succeeded'}}", "count/pods=1")]
    [InlineData("", "services", "{'spec':{'type':'LoadBalancer','ports':[{'port':1},{'port':2}]}}", "count/services=1,services=1,services.loadbalancers=1,services.nodeports=2")]
    [InlineData("", "services", "{'spec':{'type':'LoadBalancer','allocateLoadBalancerNodePorts':false,'ports':[{'port':1,'nodePort':30000},{'port':2}]}}",
        "count/services=1,services=1,services.loadbalancers=1,services.nodeports=1")]
    [InlineData("", "persistentvolumeclaims", "{'spec':{'storageClassName':'fast','resources':{'requests':{'storage':'2Gi'}}}}",
        "count/persistentvolumeclaims=1,fast.storageclass.storage.k8s.io/persistentvolumeclaims=1,fast.storageclass.storage.k8s.io/requests.storage=2Gi,persistentvolumeclaims=1,requests.storage=2Gi")]
    [InlineData("apps", "deployments", "{}", "count/deployments.apps=1")]
    public void Counts_what_an_object_takes(string group, string plural, string value, string expected) =>
        Assert.Equal(expected, QuotaUsage.Of(group, plural, Json.Map(value)).ToString());

    [Fact]
    public void Says_which_containers_do_not_say_what_a_quota_limits() => Assert.Equal(
        "must specify limits.cpu for: a,b; requests.memory for: b",
        QuotaUsage.Missing(
            Json.Map("{'spec':{'containers':[{'name':'b'},{'name':'a','resources':{'requests':{'memory':'1Mi'}}}]}}"),
            new HashSet<string> { "limits.cpu", "requests.memory", "pods" }));

    [Theory]
    [InlineData("pods", "", "pods")]
    [InlineData("requests.nvidia.com/gpu", "", "pods")]
    [InlineData("count/widgets.example.com", "example.com", "widgets")]
    [InlineData("gold.storageclass.storage.k8s.io/requests.storage", "", "persistentvolumeclaims")]
    [InlineData("services.nodeports", "", "services")]
    [InlineData("nonsense", "", "")]
    public void Knows_whose_objects_a_name_counts(string name, string group, string plural) => Assert.Equal((group, plural), QuotaUsage.CountedBy(name));

    [Theory]
    [InlineData("{'scopes':['BestEffort']}", true)]
    [InlineData("{'scopes':['NotBestEffort']}", false)]
    [InlineData("{'scopes':['Terminating']}", false)]
    [InlineData("{'scopes':['NotTerminating','BestEffort']}", true)]
    [InlineData("{'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'In','values':['high']}]}}", true)]
    [InlineData("{'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'NotIn','values':['high']}]}}", false)]
    [InlineData("{}", true)]
    public void Scopes_choose_pods(string spec, bool matches) => Assert.Equal(
        matches, QuotaScopes.Matches(Json.Map(spec), "", "pods", Json.Map("{'spec':{'priorityClassName':'high','containers':[{'name':'a'}]}}")));
}
