package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/config/mesh/meshwatcher"
	"istio.io/istio/pkg/kube/inject"
	"istio.io/istio/pkg/kube/multicluster"
)

const injectorConfigMap = "istio-sidecar-injector"

// serveIstiods answers as the injectors of all control planes whose injector ConfigMaps are there, each under the names
// of its Services.
func serveIstiods(objects []runtime.Object) (*httptest.Server, error) {
	injectors := map[string]http.Handler{}
	for _, each := range objects {
		config, ok := each.(*core.ConfigMap)
		if !ok || !strings.HasPrefix(config.Name, injectorConfigMap) {
			continue
		}
		revision := revisionOf(config.Labels)
		injector, err := newInjector(revision, config)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", config.Name, err)
		}
		injectors[revision] = injector
	}
	byHost := map[string]http.Handler{}
	for _, each := range objects {
		if service, ok := each.(*core.Service); ok {
			if injector, found := injectors[revisionOf(service.Spec.Selector)]; found {
				byHost[service.Name+"."+service.Namespace+".svc"] = injector
			}
		}
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _, _ := strings.Cut(r.Host, ":")
		if injector, found := byHost[name]; found {
			injector.ServeHTTP(w, r)
			return
		}
		http.Error(w, "no istiod behind "+r.Host, http.StatusBadGateway)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	return server, nil
}

// revisionOf is the label istio.io/rev, which the revision without a name does not have everywhere.
func revisionOf(labels map[string]string) string {
	if revision, found := labels["istio.io/rev"]; found {
		return revision
	}
	return "default"
}

// newInjector is the webhook as pilot/pkg/bootstrap/sidecarinjector.go sets it up, over the settings of a ConfigMap.
func newInjector(revision string, config *core.ConfigMap) (http.Handler, error) {
	parsed, err := inject.UnmarshalConfig([]byte(config.Data["config"]))
	if err != nil {
		return nil, err
	}
	environment := model.NewEnvironment()
	environment.Watcher = meshwatcher.NewTestWatcher(mesh.DefaultMeshConfig())
	mux := http.NewServeMux()
	_, err = inject.NewWebhook(inject.WebhookParameters{
		Watcher:      settled{&parsed, config.Data["values"]},
		Env:          environment,
		Mux:          mux,
		Revision:     revision,
		MultiCluster: multicluster.NewFakeController(),
	})
	return mux, err
}

// settled is an injector's configuration that does not change.
type settled struct {
	config *inject.Config
	values string
}

func (s settled) SetHandler(func(*inject.Config, string) error) {}
func (s settled) Run(<-chan struct{})                           {}
func (s settled) Get() (*inject.Config, string, error)          { return s.config, s.values, nil }
