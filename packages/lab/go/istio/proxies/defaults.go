package main

import (
	"os"
	"path/filepath"
	"sync"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

// crds are the schemas of the Gateway API, which lie beside the program: its objects mean what their defaults say.
var crds = sync.OnceValues(func() (map[schema.GroupVersionKind]*structural.Structural, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(program), "..", "crds", "gateway-api", "*.yaml"))
	if err != nil {
		return nil, err
	}
	found := map[schema.GroupVersionKind]*structural.Structural{}
	for _, file := range files {
		if err := readCRD(file, found); err != nil {
			return nil, err
		}
	}
	return found, nil
})

func readCRD(file string, into map[schema.GroupVersionKind]*structural.Structural) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	crd := apiextensionsv1.CustomResourceDefinition{}
	if err := yaml.Unmarshal(text, &crd); err != nil {
		return err
	}
	for _, version := range crd.Spec.Versions {
		inner := apiextensions.JSONSchemaProps{}
		err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, &inner, nil)
		if err != nil {
			return err
		}
		read, err := structural.NewStructural(&inner)
		if err != nil {
			return err
		}
		into[schema.GroupVersionKind{Group: crd.Spec.Group, Version: version.Name, Kind: crd.Spec.Names.Kind}] = read
	}
	return nil
}

// withDefaults fills in what an API server fills in, as far as istiod counts on it.
func withDefaults(object *unstructured.Unstructured) error {
	kind := object.GroupVersionKind()
	if kind.Kind == "Service" && kind.Group == "" {
		defaultService(object)
		return nil
	}
	if kind.Group != "gateway.networking.k8s.io" {
		return nil
	}
	known, err := crds()
	if err != nil {
		return err
	}
	if found := known[kind]; found != nil {
		defaulting.Default(object.Object, found)
	}
	return nil
}

func defaultService(object *unstructured.Unstructured) {
	ports, found, err := unstructured.NestedSlice(object.Object, "spec", "ports")
	if !found || err != nil {
		return
	}
	for _, each := range ports {
		port, ok := each.(map[string]any)
		if !ok {
			continue
		}
		if port["protocol"] == nil {
			port["protocol"] = "TCP"
		}
		if port["targetPort"] == nil {
			port["targetPort"] = port["port"]
		}
	}
	_ = unstructured.SetNestedSlice(object.Object, ports, "spec", "ports") // there is such a field: it was just read
}
