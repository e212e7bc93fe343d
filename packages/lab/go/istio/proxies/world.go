package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
	"istio.io/istio/pkg/kube"
)

const meshConfigFile = "mesh-config.yaml"

// epoch is when everything came to be that does not say when.
var epoch = meta.NewTime(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))

type proxyName struct {
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	// sidecar, router or waypoint; empty: what the Pod says.
	Type string `json:"type"`
}

type world struct {
	ID      string            `json:"id"`
	Objects []json.RawMessage `json:"objects"`
	// YAML, as in the ConfigMap of the control plane.
	MeshConfig string      `json:"meshConfig"`
	Proxies    []proxyName `json:"proxies"`
}

// read adds what a file or a folder of files holds.
func (w *world) read(path string) error {
	return filepath.WalkDir(path, func(file string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		switch filepath.Ext(file) {
		case ".yaml", ".yml", ".json":
		default:
			return nil
		}
		if entry.Name() == meshConfigFile {
			text, err := os.ReadFile(file)
			w.MeshConfig = string(text)
			return err
		}
		objects, err := objectsOfFile(file)
		w.Objects = append(w.Objects, objects...)
		return err
	})
}

func objectsOfFile(path string) ([]json.RawMessage, error) {
	opened, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	var objects []json.RawMessage
	decoder := yaml.NewYAMLOrJSONDecoder(bufio.NewReader(opened), 4096)
	for {
		var document json.RawMessage
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return objects, nil
		} else if err != nil {
			return objects, err
		}
		var list struct {
			Kind  string            `json:"kind"`
			Items []json.RawMessage `json:"items"`
		}
		if err := json.Unmarshal(document, &list); err == nil && list.Kind == "List" {
			objects = append(objects, list.Items...)
		} else if len(document) > 0 && string(document) != "null" {
			objects = append(objects, document)
		}
	}
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

func (w *world) hold() held {
	var read held
	for _, text := range w.Objects {
		if err := read.add(text); err != nil {
			read.errors = append(read.errors, err.Error())
		}
	}
	return read
}

func (h *held) add(text json.RawMessage) error {
	object := unstructured.Unstructured{}
	if err := json.Unmarshal(text, &object.Object); err != nil {
		return err
	}
	kind := object.GroupVersionKind()
	name := fmt.Sprintf("%s %s/%s", kind.Kind, object.GetNamespace(), object.GetName())
	if _, ok := object.Object["metadata"].(map[string]any); !ok {
		return fmt.Errorf("%s: no metadata", name)
	}
	schema, found := collections.All.FindByGroupVersionAliasesKind(resource.FromKubernetesGVK(&kind))
	if !found {
		return fmt.Errorf("%s: istiod does not read %s", name, kind)
	}
	if object.GetNamespace() == "" && !schema.IsClusterScoped() {
		object.SetNamespace("default")
	}
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
