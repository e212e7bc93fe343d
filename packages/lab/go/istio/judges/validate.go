package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"

	admission "k8s.io/api/admission/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/webhooks/validation/server"
)

type verdict struct {
	Allowed  bool     `json:"allowed"`
	Message  string   `json:"message"`
	Warnings []string `json:"warnings"`
}

// webhook is istiod's handler of /validate, as pilot/pkg/bootstrap/validation.go sets it up.
type webhook struct{ handler http.Handler }

func newWebhook() (webhook, error) {
	mux := http.NewServeMux()
	_, err := server.New(server.Options{Schemas: collections.PilotGatewayAPI(), DomainSuffix: "cluster.local", Mux: mux})
	return webhook{mux}, err
}

// judge asks about the creation of an object. The API server, which refuses by a CRD's schema before, is not asked.
func (w webhook) judge(object json.RawMessage) verdict {
	read := unstructured.Unstructured{}
	_ = json.Unmarshal(object, &read.Object) // what is no object has no kind; the webhook says so itself
	kind := read.GroupVersionKind()
	review := admission.AdmissionReview{
		TypeMeta: meta.TypeMeta{APIVersion: "admission.k8s.io/v1", Kind: "AdmissionReview"},
		Request: &admission.AdmissionRequest{
			UID:       "question",
			Kind:      meta.GroupVersionKind{Group: kind.Group, Version: kind.Version, Kind: kind.Kind},
			Namespace: read.GetNamespace(),
			Name:      read.GetName(),
			Operation: admission.Create,
			Object:    runtime.RawExtension{Raw: object},
		},
	}
	body, err := json.Marshal(review)
	if err != nil {
		return verdict{Message: err.Error()}
	}
	request := httptest.NewRequest(http.MethodPost, "/validate", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, request)
	answered := admission.AdmissionReview{}
	if err := json.Unmarshal(recorder.Body.Bytes(), &answered); err != nil || answered.Response == nil {
		return verdict{Message: recorder.Body.String()}
	}
	said := verdict{Allowed: answered.Response.Allowed, Warnings: answered.Response.Warnings}
	if answered.Response.Result != nil {
		said.Message = answered.Response.Result.Message
	}
	return said
}
