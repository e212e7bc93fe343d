package main

import (
	"encoding/json"
	"slices"
	"strings"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/workloadapi"
	"istio.io/istio/pkg/workloadapi/security"
)

const networkLabel = "topology.istio.io/network"

// networkOf is what a Pod's proxy tells of its network: its own label, or else the one of its cluster, which the
// injector has written into it (ISTIO_META_NETWORK).
func networkOf(objects []runtime.Object, pod *core.Pod) string {
	if own := pod.Labels[networkLabel]; own != "" {
		return own
	}
	for _, each := range objects {
		if namespace, ok := each.(*core.Namespace); ok && namespace.Name == "istio-system" {
			return namespace.Labels[networkLabel]
		}
	}
	return ""
}

// toZtunnel is what istiod sends to ztunnels: workloads and services by their addresses, and policies.
func toZtunnel(server *xds.FakeDiscoveryServer) (addresses, policies []json.RawMessage, err error) {
	infos, _ := server.Env().AddressInformation(nil)
	slices.SortFunc(infos, func(a, b model.AddressInfo) int { return strings.Compare(a.ResourceName(), b.ResourceName()) })
	sent := make([]*workloadapi.Address, 0, len(infos))
	for _, each := range infos {
		sent = append(sent, each.Address)
	}
	if addresses, err = texts(sent); err != nil {
		return addresses, nil, err
	}
	rules := []*security.Authorization{}
	for _, each := range server.Env().Policies(nil) {
		rules = append(rules, each.Authorization)
	}
	slices.SortFunc(rules, func(a, b *security.Authorization) int {
		return strings.Compare(a.Namespace+"/"+a.Name, b.Namespace+"/"+b.Name)
	})
	policies, err = texts(rules)
	return addresses, policies, err
}
