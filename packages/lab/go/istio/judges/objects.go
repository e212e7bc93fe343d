package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"

	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
)

// Files of a world's folder that are no objects.
const meshConfigFile, meshNetworksFile = "mesh-config.yaml", "mesh-networks.yaml"

// worldOfFolder reads every .yaml, .yml and .json below a folder.
func worldOfFolder(dir string) (world, error) {
	read := world{ID: dir}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		switch filepath.Ext(path) {
		case ".yaml", ".yml", ".json":
		default:
			return nil
		}
		if name := entry.Name(); name == meshConfigFile || name == meshNetworksFile {
			text, err := os.ReadFile(path)
			if name == meshConfigFile {
				read.MeshConfig = string(text)
			} else {
				read.MeshNetworks = string(text)
			}
			return err
		}
		objects, err := objectsOfFile(path)
		read.Objects = append(read.Objects, objects...)
		return err
	})
	return read, err
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

// normal is an object as the API server would have it: what names no namespace is in `default`, what belongs to none names none.
func normal(object json.RawMessage) (string, error) {
	read := unstructured.Unstructured{}
	if err := json.Unmarshal(object, &read.Object); err != nil {
		return string(object), nil // the analyser's reader says what is wrong with it
	}
	if read.GetNamespace() != "" {
		return string(object), nil
	}
	kind := read.GroupVersionKind()
	schema, found := collections.All.FindByGroupVersionAliasesKind(resource.FromKubernetesGVK(&kind))
	if !found || schema.IsClusterScoped() {
		return string(object), nil
	}
	if _, ok := read.Object["metadata"].(map[string]any); !ok {
		return string(object), nil
	}
	read.SetNamespace("default")
	text, err := json.Marshal(read.Object)
	return string(text), err
}
