package main

import (
	"encoding/json"
	"fmt"
	"time"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/kube"

	"orbweaver.dev/lab/istio/worlds"
)

// epoch is when everything came to be that does not say when.
var epoch = meta.NewTime(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))

type proxyName struct {
	// One of the remotes; empty: the cluster that istiod reads its configuration from.
	Cluster   string `json:"cluster"`
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	// sidecar, router or waypoint; empty: what the Pod says.
	Type string `json:"type"`
}

type world struct {
	ID      string            `json:"id"`
	Objects []json.RawMessage `json:"objects"`
	// Objects of further clusters, of which istiod reads Services, EndpointSlices, Pods, Nodes and Namespaces.
	Remotes map[string][]json.RawMessage `json:"remotes"`
	// YAML, as in the ConfigMap of the control plane.
	MeshConfig string      `json:"meshConfig"`
	Proxies    []proxyName `json:"proxies"`
}

func (w *world) settings() (*meshconfig.MeshConfig, error) {
	if w.MeshConfig == "" {
		return mesh.DefaultMeshConfig(), nil
	}
	return mesh.ApplyMeshConfigDefaults(w.MeshConfig)
}

// held is what a world holds as istiod reads it: configuration of Istio through its own store, everything else, and
// what the Gateway API's and ambient's controllers read themselves, through a client of Kubernetes.
type held struct {
	configs []config.Config
	objects []runtime.Object
	// Objects that could not be read.
	errors []string
}

func hold(objects []json.RawMessage) held {
	var read held
	for _, text := range objects {
		if err := read.add(text); err != nil {
			read.errors = append(read.errors, err.Error())
		}
	}
	return read
}

func (h *held) add(text json.RawMessage) error {
	object, schema, err := worlds.Object(text)
	if err != nil {
		return err
	}
	name := worlds.Name(object)
	if created := object.GetCreationTimestamp(); created.IsZero() {
		object.SetCreationTimestamp(epoch)
	}
	if err := withDefaults(&object); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	object.SetGroupVersionKind(schema.GroupVersionKind().Kubernetes())
	normal, err := json.Marshal(object.Object)
	if err != nil {
		return err
	}
	if _, ours := collections.Pilot.FindByGroupVersionKind(schema.GroupVersionKind()); ours {
		read := crd.IstioKind{}
		if err := json.Unmarshal(normal, &read); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		converted, err := crd.ConvertObject(schema, &read, "cluster.local")
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		h.configs = append(h.configs, *converted)
	}
	decoded, _, err := kube.IstioCodec.UniversalDeserializer().Decode(normal, nil, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	h.objects = append(h.objects, decoded)
	return nil
}
