package main

import (
	"slices"

	listener "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	core "k8s.io/api/core/v1"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/pkg/features"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/serviceregistry/util/label"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/cluster"
	"istio.io/istio/pkg/config/constants"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/network"
)

// proxyVersion is the version that proxies tell; istiod asks for it to know what they can do.
const proxyVersion = "1.32.0"

var nodeTypes = map[string]model.NodeType{
	"sidecar": model.SidecarProxy, "router": model.Router, "waypoint": model.Waypoint,
}

// typeOf is what a Pod's proxy is: waypoints and gateways of the Gateway API carry the controller's label, others the
// template that they were injected with or the arguments of their container.
func typeOf(pod *core.Pod) string {
	switch pod.Labels["gateway.istio.io/managed"] {
	case constants.ManagedGatewayMeshControllerLabel, constants.ManagedGatewayEastWestControllerLabel:
		return "waypoint"
	case constants.ManagedGatewayControllerLabel:
		return "router"
	}
	if pod.Annotations["inject.istio.io/templates"] == "gateway" {
		return "router"
	}
	for _, container := range slices.Concat(pod.Spec.Containers, pod.Spec.InitContainers) {
		if container.Name != "istio-proxy" {
			continue
		}
		for kind := range nodeTypes {
			if slices.Contains(container.Args, kind) {
				return kind
			}
		}
	}
	return "sidecar"
}

// subject is a proxy that is asked for: its Pod, the cluster and the network that it is in, and what it is.
type subject struct {
	pod           *core.Pod
	cluster       cluster.ID
	network, kind string
}

// proxyOf makes of a Pod what istiod makes of the node that its proxy tells (pilot/pkg/xds/ads.go, pkg/bootstrap).
func proxyOf(settings *meshconfig.MeshConfig, of subject) (*model.Proxy, error) {
	pod := of.pod
	own := settings.GetDefaultConfig()
	if text, found := pod.Annotations["proxy.istio.io/config"]; found {
		merged, err := mesh.ApplyProxyConfig(text, settings)
		if err != nil {
			return nil, err
		}
		own = merged.GetDefaultConfig()
	}
	account := pod.Spec.ServiceAccountName
	if account == "" {
		account = "default"
	}
	labels := map[string]string{}
	for name, value := range pod.Labels {
		labels[name] = value
	}
	metadata := &model.NodeMetadata{
		Namespace:      pod.Namespace,
		Labels:         labels,
		ServiceAccount: account,
		ClusterID:      of.cluster,
		Network:        network.ID(of.network),
		IstioVersion:   proxyVersion,
		NodeName:       pod.Spec.NodeName,
		ProxyConfig:    (*model.NodeMetaProxyConfig)(own),
		EnableHBONE:    model.StringBool(features.EnableAmbient),
		InterceptionMode: model.TrafficInterceptionMode(
			pod.Annotations["sidecar.istio.io/interceptionMode"],
		),
	}
	var addresses []string
	for _, each := range pod.Status.PodIPs {
		addresses = append(addresses, each.IP)
	}
	if len(addresses) == 0 && pod.Status.PodIP != "" {
		addresses = []string{pod.Status.PodIP}
	}
	return &model.Proxy{
		ID:              pod.Name + "." + pod.Namespace,
		Type:            nodeTypes[of.kind],
		ConfigNamespace: pod.Namespace,
		DNSDomain:       pod.Namespace + ".svc.cluster.local",
		IPAddresses:     addresses,
		Metadata:        metadata,
		IstioVersion:    model.ParseIstioVersion(proxyVersion),
		Labels:          labels,
		XdsNode:         &listener.Node{},
	}, nil
}

func generate(server *xds.FakeDiscoveryServer, settings *meshconfig.MeshConfig, of subject) (generated, error) {
	if of.kind == "" {
		of.kind = typeOf(of.pod)
	}
	said := generated{Namespace: of.pod.Namespace, Name: of.pod.Name, Type: of.kind}
	proxy, err := proxyOf(settings, of)
	if err != nil {
		return said, err
	}
	proxy.SetWorkloadLabels(server.Env())
	proxy.Locality = &listener.Locality{
		Region:  proxy.Labels[label.LabelTopologyRegion],
		Zone:    proxy.Labels[label.LabelTopologyZone],
		SubZone: proxy.Labels["topology.istio.io/subzone"],
	}
	proxy.LastPushContext = server.PushContext()
	server.SetupProxy(proxy)
	listeners := server.Listeners(proxy)
	if said.Listeners, err = texts(listeners); err != nil {
		return said, err
	}
	if said.Routes, err = texts(server.RoutesFromListeners(proxy, listeners)); err != nil {
		return said, err
	}
	if said.Clusters, err = texts(server.Clusters(proxy)); err != nil {
		return said, err
	}
	said.Endpoints, err = texts(server.Endpoints(proxy))
	return said, err
}
