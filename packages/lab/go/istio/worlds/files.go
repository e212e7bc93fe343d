// Package worlds is what judges and proxies read: objects of Kubernetes, of Istio and of the Gateway API, and the
// settings of a mesh, in files or in a question.
package worlds

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/util/yaml"
)

// Files of a folder that are no objects.
const meshConfigFile, meshNetworksFile = "mesh-config.yaml", "mesh-networks.yaml"

// Files is what files hold: objects in the order of their files, and YAML as in the ConfigMap of the control plane.
type Files struct {
	Objects                  []json.RawMessage
	MeshConfig, MeshNetworks string
}

// Read adds a file, or every .yaml, .yml and .json below a folder.
func (f *Files) Read(path string) error {
	return filepath.WalkDir(path, func(file string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		switch filepath.Ext(file) {
		case ".yaml", ".yml", ".json":
		default:
			return nil
		}
		switch entry.Name() {
		case meshConfigFile:
			return textOf(file, &f.MeshConfig)
		case meshNetworksFile:
			return textOf(file, &f.MeshNetworks)
		}
		objects, err := objectsOf(file)
		f.Objects = append(f.Objects, objects...)
		return err
	})
}

func textOf(file string, into *string) error {
	text, err := os.ReadFile(file)
	*into = string(text)
	return err
}

func objectsOf(path string) ([]json.RawMessage, error) {
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
