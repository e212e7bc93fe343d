package worlds

import (
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
)

// Object is an object as the API server would have it, and its kind as istiod knows it: what names no namespace is in
// `default`, what belongs to none names none.
func Object(text json.RawMessage) (unstructured.Unstructured, resource.Schema, error) {
	object := unstructured.Unstructured{}
	if err := json.Unmarshal(text, &object.Object); err != nil {
		return object, nil, err
	}
	kind := object.GroupVersionKind()
	if _, ok := object.Object["metadata"].(map[string]any); !ok {
		return object, nil, fmt.Errorf("%s: no metadata", Name(object))
	}
	schema, found := collections.All.FindByGroupVersionAliasesKind(resource.FromKubernetesGVK(&kind))
	if !found {
		return object, nil, fmt.Errorf("%s: istiod does not read %s", Name(object), kind)
	}
	if object.GetNamespace() == "" && !schema.IsClusterScoped() {
		object.SetNamespace("default")
	}
	return object, schema, nil
}

// Name is what errors call an object.
func Name(object unstructured.Unstructured) string {
	return fmt.Sprintf("%s %s/%s", object.GetKind(), object.GetNamespace(), object.GetName())
}
