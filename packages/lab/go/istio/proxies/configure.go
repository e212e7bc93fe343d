package main

import (
	"encoding/json"
	"fmt"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"k8s.io/apimachinery/pkg/runtime"

	core "k8s.io/api/core/v1"

	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/cluster"
	"istio.io/istio/pkg/config/constants"
	"istio.io/istio/pkg/config/schema/gvr"
	"istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/kclient/clienttest"
	"istio.io/istio/pkg/test"
)

type configuration struct {
	ID      string      `json:"id"`
	Proxies []generated `json:"proxies"`
	// What ztunnels are sent: workloads and services (istio.workload.Address), and policies (istio.security.Authorization).
	Addresses []json.RawMessage `json:"addresses"`
	Policies  []json.RawMessage `json:"policies"`
	// Objects and proxies that could not be read, and what broke.
	Errors []string `json:"errors"`
	// Milliseconds.
	Took int64 `json:"took"`
}

// generated is what istiod sends to one proxy.
type generated struct {
	// As it was asked for.
	Cluster   string            `json:"cluster"`
	Namespace string            `json:"namespace"`
	Name      string            `json:"name"`
	Type      string            `json:"type"`
	Listeners []json.RawMessage `json:"listeners"`
	Routes    []json.RawMessage `json:"routes"`
	Clusters  []json.RawMessage `json:"clusters"`
	Endpoints []json.RawMessage `json:"endpoints"`
}

func configure(asked world) (said configuration) {
	started := time.Now()
	said = configuration{ID: asked.ID, Proxies: []generated{}, Errors: []string{}}
	complain := func(err error) {
		if err != nil {
			said.Errors = append(said.Errors, err.Error())
		}
	}
	settings, err := asked.settings()
	complain(err)
	if err != nil {
		return said
	}
	read := hold(asked.Objects)
	said.Errors = append(said.Errors, read.errors...)
	clusters := map[cluster.ID][]runtime.Object{constants.DefaultClusterName: read.objects}
	for name, objects := range asked.Remotes {
		remote := hold(objects)
		said.Errors = append(said.Errors, remote.errors...)
		clusters[cluster.ID(name)] = remote.objects
	}
	complain(test.Wrap(func(t test.Failer) {
		defer guard(complain)
		server := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
			Configs:                    read.configs,
			KubernetesObjectsByCluster: clusters,
			MeshConfig:                 settings,
			// The server knows the kinds of its own tests only.
			KubeClientModifier: func(client kube.Client) {
				clienttest.MakeCRD(t, client, gvr.BackendTLSPolicy)
			},
		})
		said.Addresses, said.Policies, err = toZtunnel(server)
		complain(err)
		for _, name := range asked.Proxies {
			home := cluster.ID(name.Cluster)
			if home == "" {
				home = constants.DefaultClusterName
			}
			pod := podOf(clusters[home], name)
			if pod == nil {
				complain(fmt.Errorf("no Pod %s/%s", name.Namespace, name.Name))
				continue
			}
			func() {
				defer guard(complain)
				answer, err := generate(server, settings, subject{
					pod: pod, cluster: home, network: networkOf(clusters[home], pod), kind: name.Type,
				})
				complain(err)
				answer.Cluster = name.Cluster
				said.Proxies = append(said.Proxies, answer)
			}()
		}
	}))
	said.Took = time.Since(started).Milliseconds()
	return said
}

// guard makes an error of a panic.
func guard(complain func(error)) {
	if broken := recover(); broken != nil {
		complain(fmt.Errorf("panic: %v", broken))
	}
}

func podOf(objects []runtime.Object, name proxyName) *core.Pod {
	for _, each := range objects {
		if pod, ok := each.(*core.Pod); ok && pod.Namespace == name.Namespace && pod.Name == name.Name {
			return pod
		}
	}
	return nil
}

func texts[Message proto.Message](messages []Message) ([]json.RawMessage, error) {
	written := make([]json.RawMessage, 0, len(messages))
	for _, each := range messages {
		text, err := protojson.MarshalOptions{UseProtoNames: true}.Marshal(each)
		if err != nil {
			return written, err
		}
		written = append(written, text)
	}
	return written, nil
}
